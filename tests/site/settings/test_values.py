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


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ALLOWED_HOSTS", "https://clinic.example"),
        ("ALLOWED_HOSTS", "clinic.example:8000"),
        ("ALLOWED_HOSTS", "\u00e4rzte.example"),
        ("DATABASE_URL", "foo"),
        ("DATABASE_URL", "mysql://clinic:secret@host/name"),
        ("DATABASE_URL", "postgres://clinic:secret#1@host/name"),
        ("DATABASE_URL", "postgres://clinic:1#secret@host/name"),
        ("DATABASE_URL", "postgres://clinic:1/secret@host/name"),
        ("CACHE_URL", "foo"),
        ("CACHE_URL", "redis://host:port/1"),
        ("CACHE_URL", "redis://clinic:1?secret@host/1"),
        ("EMAIL_URL", "foo"),
        ("EMAIL_URL", "smtp+tls://clinic:secret/1@host:587"),
        ("TRUSTED_PROXIES", "one"),
        ("TRUSTED_PROXIES", "-1"),
        ("NOT_FOUND_DAYS", "x"),
        ("NOT_FOUND_ADDRESSES", "1e3"),
        ("APPLICANTS_RESERVE_MB", "1 GB"),
        ("SEARCH_ENGINES_ALLOWED", "enabled"),
        ("LINKS_TO_OTHERS", "2"),
        ("REFERENCE_LOOKUP", "crossref"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_name(name, said):
    refused = run("-c", READ, environment=REQUIRED | {name: said})

    assert refused.returncode == 1
    last = refused.stderr.splitlines()[-1]
    assert f"ImproperlyConfigured: {name} " in last
    assert "secret" not in refused.stderr


def test_a_switch_is_read_in_any_case_and_an_empty_one_is_unsaid():
    for said, allowed in {
        "No": False,
        "off": False,
        "YES ": True,
        "": True,
    }.items():
        found = values("SEARCH_ENGINES_ALLOWED", SEARCH_ENGINES_ALLOWED=said)

        assert found["SEARCH_ENGINES_ALLOWED"] is allowed


def test_a_number_may_be_empty():
    assert values("NOT_FOUND_DAYS", NOT_FOUND_DAYS="") == {"NOT_FOUND_DAYS": 90}


def test_an_empty_language_time_zone_or_folder_counts_as_left_out():
    names = ("LANGUAGE_CODE", "TIME_ZONE", "STATIC_ROOT")
    empty = {"LANGUAGE_CODE": "", "TIME_ZONE": "", "VAR_DIR": ""}

    assert values(*names, **empty) == values(*names)


def test_an_empty_erasure_list_is_refused():
    refused = run("-c", READ, environment=REQUIRED | {"ERASURE_LIST": ""})

    assert "ImproperlyConfigured: ERASURE_LIST is empty." in refused.stderr


def test_without_a_host_the_server_listens_on_this_machine_alone():
    show = "import runpy; print(runpy.run_path('gunicorn.conf.py')['bind'])"

    shown = run("-c", show, environment={"HOST": "", "PORT": ""}).stdout

    assert shown == "127.0.0.1:8000\n"
