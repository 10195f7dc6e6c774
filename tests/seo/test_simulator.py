"""What a crawler gets at any address of the site, and why."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction, Site
from wagtail_factories import DocumentFactory

from home.roles import ADMISSIONS, SEO_SPECIALISTS
from seo.models import RobotsTxt
from seo.redirects.models import RedirectHits, Replacement
from seo.simulator.asking import seen_at
from seo.simulator.sentences import sentences
from testimonials.models.consent import Consent
from tests.helpers.factories import ArticleIndexPageFactory, ContentPageFactory
from tests.helpers.factories_testimonials import (
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)

pytestmark = pytest.mark.django_db


def said(path, user=None):
    user = user or get_user_model()(is_superuser=True)
    return " ".join(sentences(seen_at(f"http://localhost{path}"), user))


@pytest.fixture
def cost(home):
    return ContentPageFactory(parent=home, title="Cost", slug="cost")


def test_of_a_page_the_same_is_said_as_beside_it(cost):
    assert said("/cost/") == (
        "Search engines may show the page, and the sitemap lists it."
    )
    type(cost).objects.update(robots_index="no")
    assert "“no” is chosen on this page" in said("/cost/")
    PageViewRestriction.objects.create(page=cost, restriction_type="password")
    assert "it asks for a password" in said("/cost/")


def test_each_way_to_elsewhere_is_told_with_its_reason(home, cost):
    Redirect.add_redirect("/old/", cost)
    Redirect.add_redirect("/sale/", "/cost/", is_permanent=False)
    draft = ContentPageFactory(parent=home, slug="draft", live=False, title="Draft")

    assert "for good to http://localhost/cost/?id=3 (301)" in said("/old/?id=3")
    assert "the redirect from /old says so" in said("/old/")
    assert "for the time being to http://localhost/cost/ (302)" in said("/sale/")
    assert "stands at the address with a slash" in said("/cost")
    assert "“Draft” is not published, and nobody has said" in said("/draft/")
    Replacement.objects.create(page=draft, successor=cost)
    assert "“Draft” is not published, and somebody has said" in said("/draft/")
    assert not RedirectHits.objects.exists()


def test_a_page_is_named_only_to_those_who_may_change_it(home, cost):
    draft = ContentPageFactory(parent=home, slug="draft", live=False, title="Draft")
    cost.draft_title = "Cost, as we plan it"
    cost.save()
    nobody = AnonymousUser()

    assert said("/draft/", nobody).endswith("Why: the page there is not published.")
    assert "plan" not in said("/cost/?utm_source=x", nobody)
    Replacement.objects.create(page=draft)
    assert said("/draft/", nobody).endswith("Why: the page there is not published.")


def test_of_a_story_that_is_withheld_no_more_is_said(home):
    index = TestimonialIndexPageFactory(parent=home, slug="stories")
    TestimonialPageFactory(parent=index, slug="x", title="Ada walks")
    Consent.objects.update(withdrawn_at=timezone.now())

    assert said("/stories/x/").endswith(
        "Why: what stands there is not shown to readers now."
    )


def test_what_is_not_there_is_told_apart_from_what_is_gone(home):
    Redirect.objects.create(old_path="/gone")

    assert "(404)" in said("/nothing/")
    assert "no redirect leads on" in said("/nothing/")
    assert said("/gone/").startswith("What stood there is gone for good (410)")
    assert "an error (400)" in said("/a%00b/")


def test_files_feeds_and_what_is_written_for_crawlers(home, settings):
    ArticleIndexPageFactory(parent=home, slug="articles")
    document = DocumentFactory(title="Prices")
    path = f"/documents/{document.pk}/{document.filename}"
    picture = default_storage.save("images/a.png", ContentFile(b"x"))

    assert "robots.txt. Nobody is shown it" in said("/robots.txt")
    assert said("/sitemap.xml").startswith("A sitemap")
    assert said("/feeds/articles.rss").startswith("A feed")
    assert said("/feeds/articles.atom").startswith("A feed")
    assert said(path).startswith("Search engines may show it (")
    RobotsTxt.objects.create(site=Site.objects.get(), documents_in_results=False)
    assert "documents are not to be shown" in said(path)
    assert "may show it (image/png)" in said(f"/media/{picture}")
    settings.SERVE_MEDIA = False
    assert "store of files answers" in said(f"/media/{picture}")
    assert said("/media/../secret") == "There is no such file (404)."


def test_what_is_not_for_crawlers_says_by_what(home, settings):
    assert said("/admin/").startswith("It asks to log in")
    assert "X-Robots-Tag: noindex" in said("/search/")
    RobotsTxt.objects.create(site=Site.objects.get(), closed_paths="/search/")
    assert "robots.txt says Disallow: /search/" in said("/search/")
    settings.SEARCH_ENGINES_ALLOWED = False
    assert "SEARCH_ENGINES_ALLOWED" in said("/feeds/articles.rss")


def test_a_query_of_a_page_is_answered_as_its_head_says(cost):
    assert said("/cost/?utm_source=x") == (
        "Search engines show http://localhost/cost/ in its place, which its head names "
        "as the canonical address. It is a part of the page “Cost”."
    )


class TestForm:
    url = "/admin/reports/crawlers/address/"

    def ask(self, client, address):
        return client.post(self.url, {"address": address}).content.decode()

    def test_is_found_from_the_report_and_answers(self, log_in, cost):
        staff = log_in(SEO_SPECIALISTS)

        assert self.url in staff.get(reverse("crawlers")).content.decode()
        assert "the sitemap lists it" in self.ask(staff, "/cost/#fees")
        assert "the sitemap lists it" in self.ask(staff, " http://LOCALHOST/cost/ ")
        assert "(404)" in self.ask(staff, "/größe/ü?é=ö")

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ("", "This field is required"),
            ("cost", "Begin the address with a slash or with https://."),
            ("javascript:alert(1)", "Begin the address with a slash"),
            ("http://elsewhere.example/", "not an address of this site"),
            ("//elsewhere.example/", "Begin the address with"),
            ("http://localhost@elsewhere.example/", "not an address of this site"),
            ("http://[/", "This is no address."),
            ("http://localhost:999999/", "This is no address."),
        ],
    )
    def test_refuses_what_is_no_address_of_the_site(self, log_in, home, typed, words):
        html = self.ask(log_in(SEO_SPECIALISTS), typed)

        assert words in html
        assert "Why:" not in html

    def test_is_for_those_who_change_pages(self, log_in, home):
        assert log_in(ADMISSIONS).get(self.url).status_code == 302
