"""Which of the site's answers other sites may build into their pages."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def policy(response):
    return response.headers["Cross-Origin-Resource-Policy"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200),
        ("/nowhere/", 404),
        ("/search/?query=a%00", 400),
        ("/admin/", 302),
        ("/admin/login/", 200),
        ("/admin/logout/", 405),
        ("/robots.txt", 200),
    ],
)
def test_no_page_is_a_part_of_other_sites(client, home, address, status):
    response = client.get(address)

    assert response.status_code == status
    assert policy(response) == "same-origin"


def test_a_page_that_fails_is_no_part_of_other_sites_either(client, home, monkeypatch):
    monkeypatch.setattr("home.models.HomePage.serve", lambda *args: 1 / 0)
    client.raise_request_exception = False

    response = client.get("/")

    assert response.status_code == 500
    assert policy(response) == "same-origin"


def test_pictures_are_shown_by_mail_programs_feed_readers_and_cards(client, db):
    default_storage.save("images/a.jpg", ContentFile(b"..."))

    response = client.get("/media/images/a.jpg")
    response.close()

    assert policy(response) == "cross-origin"


def test_icons_are_shown_where_the_site_is_named(client, db, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "img").mkdir()
    (tmp_path / "img/favicon.svg").write_text("<svg/>")

    response = client.get("/static/img/favicon.svg")
    response.close()

    assert response.status_code == 200
    assert policy(response) == "cross-origin"


def test_a_document_is_no_part_of_other_sites(client, home):
    assert policy(client.get("/documents/1/a.pdf")) == "same-origin"
