"""nginx sends the private files that the site allows, in the site's words."""

import re

import pytest
from django.conf import settings as own
from django.http import HttpResponse

from core.media.serving import with_headers
from delivery.headers import standard_headers
from tests.helpers.behind_nginx import ask
from tests.helpers.nginx_alone import echo, nginx


@pytest.fixture
def said():
    """What the site says of a picture: as of any page, and more strictly."""
    response = HttpResponse(headers=standard_headers() | {"X-Robots-Tag": "noindex"})
    response.headers["Strict-Transport-Security"] = "max-age=3600"
    response.headers["Vary"] = "Cookie"
    return dict(with_headers(response, "knee.webp", "private, no-cache").items())


def test_a_picture_comes_with_all_that_the_site_says_of_it(settings, tmp_path, said):
    private = tmp_path / "private"
    private.mkdir()
    (private / "knee.webp").write_text("knee")
    settings.PAGE_STORE = str(tmp_path / "pages")
    settings.PRIVATE_FILES_LOCATION = "/private-files/"
    folder = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(private)},
    }
    settings.STORAGES = {**settings.STORAGES, "private": folder}
    file = {"X-Accel-Redirect": "/private-files/knee.webp"}

    with echo(tmp_path, **said, **file), nginx(tmp_path) as server:
        status, headers, content = ask(server, "localhost", "/pictures/1/knee.webp")
        assert ask(server, "localhost", "/private-files/knee.webp")[0] == 404

    assert (status, content) == (200, b"knee")
    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    # That ranges are taken, nginx says once more.
    assert {n: headers.get(n) for n in said if n != "Accept-Ranges"} == {
        n: v for n, v in said.items() if n != "Accept-Ranges"
    }
    by_hand = (own.ROOT / "docs" / "operations.md").read_text()
    names = re.findall(r"^ +add_header (\S+) \$upstream_http", by_hand, re.M)
    told = re.findall(
        r"add_header (\S+) \$upstream", (tmp_path / "site.conf").read_text()
    )
    assert set(names) >= set(told)
