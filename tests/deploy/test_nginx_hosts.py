"""Hosts are served however long their names are, with what nginx is told by default."""

import time

import pytest

from delivery.pages import buckets
from tests.helpers.behind_nginx import ask
from tests.helpers.certificates import certificate_for
from tests.helpers.nginx_alone import echo, nginx

PRACTICE = "www.gemeinschaftspraxis-muenchen-schwabing.example"
LONGEST = ".".join(("a" * 63, "b" * 63, "c" * 63, "d" * 53, "example"))


@pytest.mark.parametrize("host", ["short.example", PRACTICE, LONGEST])
def test_a_stored_page_is_found_for_a_host(settings, tmp_path, host):
    settings.ALLOWED_HOSTS = ["other.example", host]
    settings.WAGTAILADMIN_BASE_URL = f"https://{host}"
    settings.PAGE_STORE = str(tmp_path / "pages")
    generation = tmp_path / "pages" / "current"
    place = generation / next(buckets(time.time())) / host / "about" / ".p"
    place.mkdir(parents=True)
    (place / "i.html").write_text("About us")

    with echo(tmp_path), nginx(tmp_path) as server:
        assert ask(server, host, "/about/")[2] == b"About us"
        assert ask(server, host, "/about/", "HEAD")[0] == 200
        assert ask(server, host.upper(), "/about/")[2] == b"About us"
        # The site's to answer.
        assert b"Host" in ask(server, host, "/about/", "POST")[2]
        for another in (host.replace(".", "-", 1), f"x{host}", f"{host}x"):
            assert ask(server, another, "/about/")[0] == 421


def test_another_host_is_sent_nowhere_where_there_is_a_certificate(settings, tmp_path):
    settings.ALLOWED_HOSTS = ["clinic.example"]
    settings.WAGTAILADMIN_BASE_URL = "https://clinic.example"
    settings.PAGE_STORE = str(tmp_path / "pages")
    pem = certificate_for("clinic.example", tmp_path)
    certificate = (f"--certificate={pem}", f"--certificate-key={pem}")

    with nginx(tmp_path, *certificate):
        plain = str(tmp_path / "plain.sock")
        _, own, _ = ask(plain, "clinic.example", "/about/")
        assert own["Location"] == "https://clinic.example/about/"
        for path in ("/about/", "/.well-known/acme-challenge/a"):
            status, headers, _ = ask(plain, "other.example", path)
            assert (status, "Location" in headers) == (421, False)
