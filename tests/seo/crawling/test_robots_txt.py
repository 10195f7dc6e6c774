"""robots.txt as editors write it, verification codes, and headers in its place."""

from urllib.robotparser import RobotFileParser

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Site
from wagtail_factories import DocumentFactory

from home.roles import EDITORS, SEO_SPECIALISTS
from seo.crawling.robots_txt.paths import checked, closing
from seo.models import RobotsTxt, Verification
from tests.helpers.factories import ContentPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(home):
    return Site.objects.get()


def text(client):
    return client.get("/robots.txt").content.decode()


def edit_url(model, site):
    name = model._meta.model_name
    return reverse("wagtailsettings:edit", args=["seo", name, site.pk])


def post(client, site, **fields):
    return client.post(
        edit_url(RobotsTxt, site),
        {"closed_paths": "", "documents_in_results": "on", **fields},
    )


def errors(response):
    return str(response.context["form"].errors.as_text())


class TestText:
    def test_has_a_group_for_those_that_may_not_read(self, client, site):
        RobotsTxt.objects.create(
            site=site,
            blocked_agents=["GPTBot", "CCBot", "Gone"],
            closed_paths="/a/\n/b$",
        )

        assert text(client) == (
            "User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n\n"
            "User-agent: *\nDisallow: /a/\nDisallow: /b$\n\n"
            "Sitemap: http://localhost/sitemap.xml\n"
        )

    def test_is_read_by_others_as_it_is_meant(self, client, site):
        RobotsTxt.objects.create(
            site=site, blocked_agents=["GPTBot"], closed_paths="/intern/"
        )
        parser = RobotFileParser()
        parser.parse(text(client).splitlines())

        assert not parser.can_fetch("GPTBot", "http://localhost/")
        assert parser.can_fetch("Googlebot", "http://localhost/cost/")
        assert not parser.can_fetch("Googlebot", "http://localhost/intern/x/")
        assert parser.site_maps() == ["http://localhost/sitemap.xml"]

    def test_of_a_copy_forbids_nothing(self, client, site, settings):
        settings.SEARCH_ENGINES_ALLOWED = False
        RobotsTxt.objects.create(site=site, closed_paths="/a/")

        assert text(client) == "User-agent: *\nDisallow:\n"


class TestPaths:
    @pytest.mark.parametrize(
        ("path", "asked", "is_closed"),
        [
            ("/a/", "/a/b/", True),
            ("/a/", "/b/a/", False),
            ("/*.pdf$", "/x/y.pdf", True),
            ("/*.pdf$", "/x/y.pdf?z", False),
            ("/b$", "/b/", False),
            ("/é/", "/%C3%A9/", True),
            ("/prices%24", "/prices$5/", True),
            ("/prices%24", "/prices", False),
            ("/a%2ab", "/a*b", True),
            ("/a%2ab", "/axb", False),
            ("/a$b", "/a$b/", True),
            ("/100%", "/100%25/", True),
            ("/%63ost", "/cost/", True),
            ("/a%2fb", "/a/b", False),
            ("/" + "*a" * 40, "/" + "a" * 39 + "b" * 400, False),
        ],
    )
    def test_are_matched_as_rfc_9309_says(self, path, asked, is_closed):
        assert bool(closing([checked(path)], asked)) == is_closed

    def test_are_written_in_octets(self):
        assert checked(" /é/%20x ") == "/%C3%A9/%20x"

    def test_keep_what_stands_with_percent_signs(self):
        assert checked("/prices%24") == "/prices%24"
        assert checked("/a%2fb%c3%a9") == "/a%2Fb%C3%A9"

    @pytest.mark.parametrize("line", ["intern/", "/a b/", "/a#b", "/" + "a" * 600])
    def test_that_are_none_are_named(self, log_in, site, line):
        response = post(log_in(None), site, closed_paths=f"/fine/\n{line}")

        assert "Line 2: " in errors(response)
        assert line in response.content.decode()


class TestClosing:
    @pytest.fixture
    def page(self, home):
        return ContentPageFactory(parent=home, title="Cost", slug="cost")

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"closed_paths": "/"}, "closes the whole site"),
            ({"closed_paths": "/*"}, "closes the whole site"),
            ({"closed_paths": "/co"}, "closes, such as “Cost”"),
            ({"blocked_agents": ["Googlebot"]}, "out of search results"),
        ],
    )
    def test_what_is_seldom_meant_wants_the_host_typed(
        self, log_in, site, page, fields, sentence
    ):
        client = log_in(SEO_SPECIALISTS)

        refused = post(client, site, **fields)
        assert sentence in errors(refused)
        assert "type localhost under Confirmation" in errors(refused)
        assert not RobotsTxt.objects.exclude(closed_paths="", blocked_agents=[])

        post(client, site, **fields, confirmation="localhost")
        assert RobotsTxt.objects.exclude(closed_paths="", blocked_agents=[]).exists()

    def test_what_hides_no_page_is_stored(self, log_in, client, site, page):
        post(
            log_in(SEO_SPECIALISTS),
            site,
            closed_paths="/intern/\r\n/intern/",
            blocked_agents=["GPTBot"],
        )

        assert "Disallow: /intern/\n\n" in text(client)
        assert "User-agent: GPTBot\nDisallow: /\n" in text(client)

    def test_is_for_those_who_may(self, log_in, site):
        assert log_in(EDITORS).get(edit_url(RobotsTxt, site)).status_code == 302


class TestHeaders:
    @pytest.mark.parametrize("url", ["/admin/login/", "/search/"])
    def test_say_what_robots_txt_does_not_forbid(self, client, home, url):
        assert client.get(url).headers["X-Robots-Tag"] == "noindex"

    def test_leave_pages_to_themselves(self, client, home):
        ContentPageFactory(parent=home, slug="search-us")

        assert "X-Robots-Tag" not in client.get("/search-us/").headers

    def test_of_documents_follow_the_choice(self, client, site):
        url = DocumentFactory().url

        def header():
            response = client.get(url)
            list(response.streaming_content)  # which closes the file
            return response.headers.get("X-Robots-Tag")

        assert header() is None
        RobotsTxt.objects.create(site=site, documents_in_results=False)
        assert header() == "noindex"


class TestVerification:
    CODE = "a" * 43

    def test_codes_stand_on_the_front_page_alone(self, client, home, site):
        page = ContentPageFactory(parent=home)
        Verification.objects.create(
            site=site, google=self.CODE, bing="A" * 32, pinterest="b" * 32
        )

        def tags(url):
            head = BeautifulSoup(client.get(url).content, "html.parser").head
            return {tag.get("name"): tag.get("content") for tag in head("meta")}

        assert tags("/")["google-site-verification"] == self.CODE
        assert tags("/")["msvalidate.01"] == "A" * 32
        assert tags("/")["p:domain_verify"] == "b" * 32
        assert "google-site-verification" not in tags(page.url)

    def test_a_whole_tag_may_be_pasted(self, log_in, site):
        tag = f'<meta name="google-site-verification" content="{self.CODE}" />'
        log_in(SEO_SPECIALISTS).post(
            edit_url(Verification, site), {"google": tag, "bing": "", "pinterest": ""}
        )

        assert Verification.objects.get().google == self.CODE

    def test_anything_else_is_refused(self, log_in, site):
        response = log_in(None).post(
            edit_url(Verification, site),
            {"google": '"><script>', "bing": "x", "pinterest": ""},
        )

        assert set(response.context["form"].errors) == {"google", "bing"}
