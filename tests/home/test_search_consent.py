"""No word of a story is found, or left in the search's index, beyond a consent."""

from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.utils import timezone

from home.search.models import SearchWord
from testimonials.models.consent import Consent
from tests.helpers.factories_testimonials import (
    ConsentFactory,
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
    embed,
)


@pytest.fixture
def story(home):
    stories = TestimonialIndexPageFactory(parent=home)
    return TestimonialPageFactory(
        parent=stories, title="A year of stairs", standfirst="With a cello."
    )


@pytest.fixture
def article(home, story):
    quotation = {"story": story, "text": "<p>I play the cello in a quartet.</p>"}
    return embed(
        home,
        ("paragraph", "<p>About a violin.</p>"),
        ("testimonial_quote", quotation),
        ("testimonial", {**quotation, "text": "<p>And carry the piano.</p>"}),
        ("paragraph", "<p>And an organ.</p>"),
    )


@pytest.fixture
def ask(client):
    def found(query):
        response = client.get("/search/", {"query": query})
        html = BeautifulSoup(response.content, "html.parser")
        return [link["href"] for link in html.select(".card__title a")]

    return found


def indexed(word):
    return SearchWord.objects.filter(word__startswith=word).exists()


class TestConsent:
    def test_lets_the_words_of_a_story_be_found(self, ask, story, article):
        assert set(ask("cello")) == {story.url, article.url}
        assert ask("piano") == [article.url]

    def test_that_is_withdrawn_takes_them_out_at_once(self, ask, story, article):
        Consent.objects.update(withdrawn_at=timezone.now())

        assert ask("cello") == ask("piano") == ask("stairs") == []
        assert ask("violin") == ask("organ") == [article.url]
        assert not indexed("cello")
        assert not indexed("piano")
        assert not indexed("stair")

    def test_that_is_withdrawn_by_hand_takes_them_out_as_well(self, ask, article):
        consent = Consent.objects.get()
        consent.withdrawn_at = timezone.now()
        consent.save()

        assert ask("piano") == []
        assert not indexed("piano")

    def test_that_is_given_again_puts_them_back(self, ask, story, article):
        Consent.objects.update(withdrawn_at=timezone.now())

        ConsentFactory(subject=story.subject)

        assert set(ask("cello")) == {story.url, article.url}
        assert ask("piano") == [article.url]

    def test_that_ends_hides_them_though_nothing_has_run(
        self, ask, article, monkeypatch
    ):
        Consent.objects.update(valid_until=timezone.localdate())
        assert ask("piano") == [article.url]
        tomorrow = timezone.localdate() + timedelta(days=1)

        monkeypatch.setattr(timezone, "localdate", lambda *args: tomorrow)

        assert indexed("piano")
        assert ask("piano") == []
        assert ask("organ") == [article.url]

    def test_that_begins_shows_them_though_nothing_has_run(
        self, ask, article, monkeypatch
    ):
        tomorrow = timezone.localdate() + timedelta(days=1)
        Consent.objects.update(valid_from=tomorrow)
        assert ask("piano") == []

        monkeypatch.setattr(timezone, "localdate", lambda *args: tomorrow)

        assert ask("piano") == [article.url]

    def test_to_a_name_alone_is_none_to_the_story(self, ask, article):
        Consent.objects.update(scope_medical_detail=False, scope_name=True)

        assert ask("piano") == []
        assert not indexed("piano")

    def test_of_another_person_changes_nothing(self, ask, article):
        ConsentFactory(subject=SubjectFactory(), withdrawn_at=timezone.now())

        assert ask("piano") == [article.url]


def test_words_of_an_unpublished_story_are_not_found_where_it_is_quoted(
    ask, story, article
):
    story.unpublish()

    assert ask("piano") == []


def test_an_index_that_is_made_anew_is_without_stories_beyond_consent(ask, article):
    Consent.objects.update(withdrawn_at=timezone.now())

    call_command("update_index", verbosity=0)

    assert ask("organ") == [article.url]
    assert not indexed("piano")


def test_a_spelling_is_not_suggested_by_a_story_beyond_consent(client, story):
    Consent.objects.update(withdrawn_at=timezone.now())

    html = client.get("/search/", {"query": "stayrs"}).content.decode()

    assert "Did you mean" not in html


def test_the_night_after_its_day_an_entry_is_found(ask, home, at):
    day = datetime(2026, 6, 1, 12, tzinfo=UTC)
    at(day)
    story = TestimonialPageFactory(
        parent=TestimonialIndexPageFactory(parent=home),
        timeline=[("entry", {"date": date(2026, 6, 2), "heading": "A harp"})],
    )
    call_command("update_index", "--new-entries", verbosity=0)
    assert ask("harp") == []

    at(day + timedelta(days=2))
    call_command("update_index", "--new-entries", verbosity=0)
    assert ask("harp") == [story.url]


def test_a_correction_is_found_in_an_article_but_not_in_a_story(ask, home):
    said = {"date": "2026-11-03", "text": "<p>It said trombone.</p>"}
    parts = [("paragraph", "<p>People rest at noon.</p>"), ("correction", said)]
    body = [{"type": kind, "value": value} for kind, value in parts]
    stories = TestimonialIndexPageFactory(parent=home)
    TestimonialPageFactory(parent=stories, body=body)
    article = embed(home, *parts)

    assert ask("trombone") == [article.url]
