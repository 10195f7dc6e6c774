"""The first visitor's page is kept, and everybody after gets the same bytes."""

import gzip

import brotli
import pytest
from wagtail.models import PageViewRestriction, Site

from delivery.linked import LinkedGenerations
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(home):
    index = ArticleIndexPageFactory(parent=home, slug="blog")
    return ArticlePageFactory(parent=index, slug="rest", title="Rest and work")


PATH = "/blog/rest/"
KEPT = "localhost_8000/blog/rest"


def test_the_second_visitor_gets_the_first_ones_page(visitor, article, stored):
    first = visitor.get(PATH)
    second = visitor.get(PATH)

    assert "Rest and work" in first.text
    assert first == second
    assert visitor.made == 1
    assert stored() == [KEPT]


def test_each_encoding_says_the_same(visitor, article):
    plain = visitor.get(PATH)
    zipped = visitor.get(PATH, Accept_Encoding="gzip")
    small = visitor.get(PATH, Accept_Encoding="gzip, deflate, br;q=0.9")

    assert gzip.decompress(zipped.content) == plain.content
    assert brotli.decompress(small.content) == plain.content
    assert len({a.headers["ETag"] for a in (plain, zipped, small)}) == 3
    assert small.headers["Content-Encoding"] == "br"
    assert "Content-Encoding" not in plain.headers
    assert {a.headers["Vary"] for a in (plain, zipped, small)} == {"Accept-Encoding"}


def test_an_encoding_that_is_refused_is_not_sent(visitor, article):
    visitor.get(PATH)

    for refused in ("br;q=0, gzip;q=0.0, identity", "br;q = 0, gzip; q=0.00 ;x=1"):
        answer = visitor.get(PATH, Accept_Encoding=refused)
        assert "Content-Encoding" not in answer.headers


def test_a_page_that_the_browser_has_is_not_sent_again(visitor, article):
    etag = visitor.get(PATH, Accept_Encoding="br").headers["ETag"]

    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        answer = visitor.get(PATH, Accept_Encoding="br", If_None_Match=known)
        assert (answer.status, answer.content) == (304, b"")
        assert answer.headers["ETag"] == etag
        assert answer.headers["Cache-Control"] == "no-cache"
    # Another encoding's.
    assert visitor.get(PATH, If_None_Match=etag).status == 200


def test_a_head_request_says_how_long_the_page_is(visitor, article):
    page = visitor.get(PATH)

    head = visitor.ask("HEAD", PATH)

    assert head.content == b""
    assert head.headers == page.headers
    assert visitor.made == 1


def test_a_stored_page_has_every_header_of_one_that_is_made(visitor, article):
    made = visitor.get(PATH, Cookie="sessionid=somebody")
    stored = visitor.get(PATH)

    own = {"Content-Length", "Vary", "ETag", "Cache-Control", "Set-Cookie"}
    policy = "Content-Security-Policy"
    assert {*made.headers} | own == {*stored.headers} | own
    for name in {*made.headers} - own - {policy}:
        assert made.headers[name] == stored.headers[name]
    assert sorted(made.headers[policy].split("; ")) == (
        stored.headers[policy].split("; ")
    )


def test_who_opened_a_form_once_still_gets_the_stored_page(visitor, article):
    visitor.get(PATH)

    visitor.get(PATH, Cookie="csrftoken=abc; consent=yes")

    assert visitor.made == 1


@pytest.mark.parametrize(
    "cookie", ["sessionid=abc", "a=b; sessionid=abc", "messages=x"]
)
def test_who_has_logged_in_gets_a_page_of_their_own(visitor, article, cookie):
    visitor.get(PATH)

    answer = visitor.get(PATH, Cookie=cookie)

    assert visitor.made == 2
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_a_link_from_an_advert_is_answered_by_the_store(visitor, article, stored):
    tracked = f"{PATH}?utm_source=letter&utm_medium=mail&gclid=1"
    visitor.get(tracked)
    assert stored() == []

    visitor.get(PATH)
    visitor.get(tracked)

    assert visitor.made == 2


def test_a_page_in_letters_beyond_ascii_is_kept(visitor, article, stored):
    article.slug = "été"
    article.save()

    answer = visitor.get("/blog/%C3%A9t%C3%A9/")

    assert answer.status == 200
    assert stored() == ["localhost_8000/blog/%C3%A9t%C3%A9"]
    assert visitor.get("/blog/%C3%A9t%C3%A9/").content == answer.content
    assert visitor.made == 1


def test_a_page_whose_name_is_longer_than_a_folders_may_be_is_made(
    visitor, article, stored
):
    article.slug = "ж" * 60
    article.save()
    visitor.get("/blog/")

    for _each in range(2):
        assert visitor.get(f"/blog/{'%D0%B6' * 60}/").status == 200
    assert stored() == ["localhost_8000/blog"]


@pytest.mark.parametrize("letters", [255, 256, 300, 500])
def test_a_long_name_that_no_page_has_is_answered(visitor, article, letters):
    visitor.get(PATH)

    assert visitor.get(f"/blog/{'a' * letters}/").status == 404


def test_a_page_that_takes_part_of_an_address_away_is_no_folder_of_the_store(
    visitor, article, stored
):
    for path in ("/blog/rest/.p/i.html", "/t1795/localhost_8000/blog/rest/.p/i.html"):
        visitor.get(PATH)
        assert visitor.get(path).status == 404
    assert stored() == [KEPT]


@pytest.mark.filterwarnings("ignore:Unknown REQUEST_METHOD")
@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", f"{PATH}?page=2", {}),
        ("GET", f"{PATH}?utm_source=x&page=2", {}),
        ("GET", f"{PATH}?utm_source=x", {}),
        ("GET", f"{PATH}?", {"Cookie": "csrftoken=abc"}),
        ("GET", PATH, {"Cookie": "_ga=1"}),
        ("GET", PATH, {"Cookie": ""}),
        ("GET", PATH, {"Authorization": "Basic YTpi"}),
        ("GET", PATH, {"Range": "bytes=0-99"}),
        ("GET", PATH, {"X_Forwarded_Host": "evil.example"}),
        ("GET", PATH, {"X_Forwarded_Prefix": "/evil"}),
        ("GET", PATH, {"X_Original_URL": "/evil"}),
        ("GET", PATH, {"X_HTTP_Method_Override": "POST"}),
        ("GET", PATH, {"Host": "127.0.0.1:9"}),
        ("GET", PATH, {"Host": "evil.example"}),
        ("GET", PATH, {"Host": "LOCALHOST:8000"}),
        ("GET", PATH, {"Host": "localhost"}),
        ("HEAD", PATH, {}),
        ("POST", PATH, {}),
        ("PURGE", PATH, {}),
        ("GET", "/blog/rest/x.css", {}),
        ("GET", "/blog/rest/x.js/", {}),
        ("GET", "/blog/rest/;a.css", {}),
        ("GET", "/blog/rest/%2f", {}),
        ("GET", "/blog/rest/%3f", {}),
        ("GET", "/blog/rest/%2e%2e/", {}),
        ("GET", "/blog/../blog/rest/", {}),
        ("GET", "/blog/rest/%00", {}),
        ("GET", "/blog/rest/%0d%0aX:y/", {}),
        ("GET", "/blog/rest/\\", {}),
        ("GET", "/blog//rest/", {}),
        ("GET", "/Blog/rest/", {}),
        ("GET", "/blog/rest", {}),
        ("GET", f"/blog/rest/{'a' * 600}/", {}),
        ("GET", "/blog/rest/" + "a/" * 300, {}),
        ("GET", "/search/", {}),
        ("GET", "/admin/login/", {}),
        ("GET", "/nothing-here/", {}),
        ("GET", "/sitemap.xml", {}),
        ("GET", "/blog/rest/%e9/", {}),
    ],
)
def test_what_is_not_the_page_of_everybody_is_not_kept(
    visitor, article, stored, method, path, headers
):
    visitor.ask(method, path, **headers)

    assert stored() == []


def test_a_page_behind_a_password_is_not_kept(visitor, article, stored):
    PageViewRestriction.objects.create(
        page=article, restriction_type=PageViewRestriction.PASSWORD, password="open"
    )

    answer = visitor.get(PATH)

    assert "Rest and work" not in answer.text
    assert stored() == []


def test_a_page_with_a_form_is_not_kept(visitor, home, stored):
    from tests.helpers.factories_applications import ApplicationFormPageFactory

    page = ApplicationFormPageFactory(parent=home, slug="apply")

    answer = visitor.get("/apply/")

    assert page.title in answer.text
    assert "Set-Cookie" in answer.headers
    assert stored() == []


def test_a_wrong_address_is_kept_for_a_minute_by_shared_caches_alone(visitor, home):
    answer = visitor.get("/nothing-here/")

    assert answer.status == 404
    assert answer.headers["Cache-Control"] == "max-age=0, s-maxage=60"


def test_without_a_folder_every_page_is_made(settings, visitor, article):
    settings.PAGE_STORE = ""

    visitor.get(PATH)
    visitor.get(PATH)

    assert visitor.made == 2


def test_where_a_site_begins_is_looked_up_while_nothing_is_kept(
    visitor, article, home, monkeypatch
):
    monkeypatch.setattr(LinkedGenerations, "current", lambda self: None)
    before = f'rel="canonical" href="{home.get_site().root_url}{PATH}"'
    assert before in visitor.get(PATH).text

    # As another process does, whose signals nobody hears here.
    Site.objects.update(hostname="localhost", port=443)

    assert f'rel="canonical" href="https://localhost{PATH}"' in visitor.get(PATH).text


def test_a_full_disk_costs_no_page(visitor, article, monkeypatch, stored):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    for operation in ("write_bytes", "mkdir", "rename"):
        with monkeypatch.context() as disk:
            visitor.get("/")  # while there is room, for a generation to be open
            disk.setattr(f"delivery.pages.Path.{operation}", full)
            assert "Rest and work" in visitor.get(PATH).text
        assert KEPT not in stored()
