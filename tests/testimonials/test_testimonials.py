"""Stories: shown only while a consent covers them."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail.models import PageViewRestriction

from testimonials.models.consent import Consent
from testimonials.models.pages import TestimonialPage
from testimonials.models.scope import Scope
from testimonials.models.subject import Subject
from tests.helpers.factories import (
    ArticlePageFactory,
    ContentPageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    SiteImageFactory,
    TopicFactory,
)
from tests.helpers.factories_testimonials import (
    ConsentFactory,
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
    embed,
    every_block,
)

NAME = "Rosalind Quill"


@pytest.fixture
def stories(home):
    return TestimonialIndexPageFactory(parent=home)


@pytest.fixture
def subject(db):
    return SubjectFactory(portrait=SiteImageFactory(title="A drawing"))


@pytest.fixture
def story(stories, subject):
    return TestimonialPageFactory(
        parent=stories, subject=subject, title="Up the stairs"
    )


def soup(client, page):
    return BeautifulSoup(client.get(page.url).content, "html.parser")


class TestShowable:
    today = date(2026, 6, 15)

    @pytest.fixture(autouse=True)
    def on_a_day(self, monkeypatch):
        monkeypatch.setattr(timezone, "localdate", lambda *args: self.today)

    def shown(self, story):
        return TestimonialPage.objects.showable().filter(pk=story.pk).first()

    @pytest.mark.parametrize(
        ("begins", "ends", "is_shown"),
        [
            (0, None, True),
            (1, None, False),
            (-1, 0, True),
            (-1, -1, False),
            (-1, 1, True),
            (0, 0, True),
            (1, 2, False),
        ],
    )
    def test_a_consent_covers_its_first_and_its_last_day(
        self, story, begins, ends, is_shown
    ):
        Consent.objects.update(
            valid_from=self.today + timedelta(days=begins),
            valid_until=None if ends is None else self.today + timedelta(days=ends),
        )

        assert bool(self.shown(story)) == is_shown
        assert TestimonialPage.objects.get(pk=story.pk).scope.story == is_shown
        covers = Consent.objects.get().covers_a_story()
        assert covers == is_shown

    @pytest.mark.parametrize("medical", [True, False])
    @pytest.mark.parametrize("name", [True, False])
    @pytest.mark.parametrize("photograph", [True, False])
    @pytest.mark.parametrize("withdrawn", [True, False])
    def test_every_combination_of_scopes_shows_what_it_says(
        self, story, medical, name, photograph, withdrawn
    ):
        Consent.objects.update(
            scope_medical_detail=medical,
            scope_name=name,
            scope_photograph=photograph,
            withdrawn_at=timezone.now() if withdrawn else None,
        )

        shown = self.shown(story)
        plain = TestimonialPage.objects.get(pk=story.pk)

        assert bool(shown) == (medical and not withdrawn)
        assert plain.scope == Scope(
            story=medical and not withdrawn,
            name=name and not withdrawn,
            portrait=photograph and not withdrawn,
        )
        if shown:
            assert shown.scope == plain.scope
            assert shown.printed_name == (NAME if name else "A patient")
            assert bool(shown.printed_portrait) == photograph

    def test_scopes_of_several_consents_add_up(self, story, subject):
        ConsentFactory(subject=subject, scope_medical_detail=False, scope_name=True)

        assert self.shown(story).printed_name == NAME

    def test_somebody_elses_consent_covers_nothing(self, story):
        Consent.objects.update(withdrawn_at=timezone.now())
        ConsentFactory(subject=SubjectFactory(consented=False))

        assert not self.shown(story)

    def test_a_draft_is_not_shown(self, stories):
        assert not self.shown(TestimonialPageFactory(parent=stories, live=False))

    @pytest.mark.parametrize("restricted", ["story", "stories"])
    def test_a_private_one_is_not_shown(
        self, client, request, home, stories, story, restricted
    ):
        """Not to those who may read it either: every list of stories is public."""
        page = embed(home, *every_block(story))
        person = PersonPageFactory(parent=PeopleIndexPageFactory(parent=home))
        Subject.objects.update(person=person)
        Consent.objects.update(scope_name=True)
        assert "Quoted." in client.get(page.url).content.decode()
        assert list(TestimonialPage.objects.by(person)) == [story]

        PageViewRestriction.objects.create(
            page=request.getfixturevalue(restricted),
            restriction_type=PageViewRestriction.LOGIN,
        )

        assert not self.shown(story)
        assert not TestimonialPage.objects.by(person)
        assert "Quoted." not in client.get(page.url).content.decode()

    def test_what_is_beyond_consent_is_the_rest_of_the_published(self, stories, story):
        other = TestimonialPageFactory(parent=stories)
        Consent.objects.filter(subject=other.subject).update(
            withdrawn_at=timezone.now()
        )

        assert list(TestimonialPage.objects.beyond_consent()) == [other]


class TestWithdrawal:
    def test_is_gone_from_its_address_with_the_next_request(self, client, story):
        assert client.get(story.url).status_code == 200

        Consent.objects.update(withdrawn_at=timezone.now())
        response = client.get(story.url)

        assert response.status_code == 410
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Robots-Tag"] == "noindex"
        text = response.content.decode()
        assert story.title not in text
        assert "consent" not in text.lower()
        assert "asked" not in text, "no reason is given"

    @pytest.mark.parametrize(
        "never",
        [
            {"valid_from": date(2099, 1, 1)},
            {"valid_until": date(2020, 1, 1), "valid_from": date(2019, 1, 1)},
            {"channel_website": False},
            {"scope_medical_detail": False},
        ],
    )
    def test_of_what_was_never_public_says_nothing(self, client, story, never):
        Consent.objects.update(**never)

        assert client.get(story.url).status_code == 404

    @pytest.mark.parametrize("end", ["unpublish", "delete"])
    def test_is_told_of_where_its_page_is_gone_as_well(self, client, story, end):
        address = story.url
        Consent.objects.update(withdrawn_at=timezone.now())

        getattr(TestimonialPage.objects.get(pk=story.pk), end)()

        assert client.get(address).status_code == 410

    def test_is_not_told_of_a_story_that_may_still_be_told(self, client, story):
        address = story.url

        story.unpublish()
        Consent.objects.update(withdrawn_at=timezone.now())

        assert client.get(address).status_code == 404

    def test_is_gone_from_the_index(self, client, stories, story):
        assert story.title in client.get(stories.url).content.decode()

        Consent.objects.update(withdrawn_at=timezone.now())

        assert story.title not in client.get(stories.url).content.decode()

    def test_leaves_no_trace_in_pages_that_showed_it(self, client, home, story):
        before = embed(home, ("paragraph", "<p>Before.</p>"))
        shown = ArticlePageFactory(
            parent=before.get_parent(),
            title=before.title,
            slug="the-other",
            body=[("paragraph", "<p>Before.</p>"), *every_block(story)],
        )
        assert "Quoted." in client.get(shown.url).content.decode()

        Consent.objects.update(withdrawn_at=timezone.now())

        bodies = [soup(client, page).select_one(".body") for page in (before, shown)]
        alone, left = (" ".join(str(body).split()) for body in bodies)
        assert left == alone

    def test_is_gone_from_cards_that_chose_the_page(self, client, home, story):
        other = ContentPageFactory(parent=home, title="Still here")
        page = ContentPageFactory(
            parent=home,
            body=[("page_cards", {"heading": "Read on", "pages": [story, other]})],
        )
        assert story.title in client.get(page.url).content.decode()

        Consent.objects.update(withdrawn_at=timezone.now())

        html = client.get(page.url).content.decode()
        assert story.title not in html
        assert "Still here" in html

    def test_is_gone_from_sitemap_and_structured_data(self, story, rf):
        assert story.get_sitemap_urls(rf.get("/"))
        assert story.structured_data()

        Consent.objects.update(withdrawn_at=timezone.now())
        story = TestimonialPage.objects.get(pk=story.pk)

        assert not story.get_sitemap_urls(rf.get("/"))
        assert not story.structured_data()

    @pytest.mark.parametrize("path", ["/sitemap.xml", "/search/?query=stairs"])
    def test_is_gone_from_everything_that_lists_pages(self, client, story, path):
        assert (
            story.title in (page := client.get(path).content.decode())
            or story.url in page
        )

        Consent.objects.update(withdrawn_at=timezone.now())

        page = client.get(path).content.decode()
        assert story.title not in page
        assert story.url not in page

    def test_staff_still_see_it_in_preview_and_are_told(self, log_in, story):
        Consent.objects.update(withdrawn_at=timezone.now())
        story.save_revision()

        html = log_in(None).get(f"/admin/pages/{story.pk}/view_draft/").content.decode()

        assert story.title in html
        assert "no consent covers it today" in html


class TestIndex:
    def test_filters_by_topic(self, client, stories):
        nerves = TopicFactory()
        TestimonialPageFactory(parent=stories, title="On nerves", topic=nerves)
        TestimonialPageFactory(parent=stories, title="On bones", topic=TopicFactory())

        found = client.get(stories.url, {"topic": nerves.slug}).context["stories"]

        assert [story.title for story in found] == ["On nerves"]

    @pytest.mark.parametrize(
        ("query", "status"),
        [
            ({"topic": "nonsense"}, 200),
            ({"page": "x"}, 404),
            ({"page": "0"}, 404),
            ({"page": "99"}, 404),
        ],
    )
    def test_survives_any_query(self, client, stories, story, query, status):
        assert client.get(stories.url, query).status_code == status

    def test_offers_no_topic_of_withdrawn_stories_alone(self, client, stories):
        TestimonialPageFactory(parent=stories, topic=TopicFactory(name="Rare disease"))
        Consent.objects.update(withdrawn_at=timezone.now())

        assert "Rare disease" not in client.get(stories.url).content.decode()
