"""What variables of the environment may say; what cannot be read is named."""

import pytest

from tests.helpers.production import REQUIRED, run, values

READ = "from config.settings import production"


def base_url_of(said):
    return values("WAGTAILADMIN_BASE_URL", BASE_URL=said)["WAGTAILADMIN_BASE_URL"]


def test_base_url_is_an_address_to_which_paths_are_added():
    for said, address in {
        "https://clinic.example/": "https://clinic.example",
        " https://clinic.example ": "https://clinic.example",
        "HTTPS://Clinic.Example": "https://clinic.example",
        "https://clinic.example:443": "https://clinic.example",
        "http://clinic.example:80/": "http://clinic.example",
        "https://clinic.example:8443": "https://clinic.example:8443",
        "http://[::1]:8000": "http://[::1]:8000",
        "https://xn--rzte-koa.example": "https://xn--rzte-koa.example",
    }.items():
        assert base_url_of(said) == address


@pytest.mark.parametrize(
    "said",
    [
        "www.clinic.example",
        "//clinic.example",
        "ftp://clinic.example",
        "https://",
        "https://clinic .example",
        "https://staff:secret@clinic.example",
        "https://clinic.example/de",
        "https://clinic.example?from=mail",
        "https://clinic.example#top",
        "https://\u00e4rzte.example",
        "https://clinic.example:99999",
    ],
)
def test_another_base_url_is_refused(said):
    refused = run("-c", READ, environment=REQUIRED | {"BASE_URL": said})

    assert refused.returncode == 1
    assert "BASE_URL is not like https://clinic.example." in refused.stderr
    assert "secret" not in refused.stderr
