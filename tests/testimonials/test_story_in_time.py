"""What a story says of its time: entries on their day, and what is told beside it."""

from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile

from core.models.videos import Video
from home.search.passages import passages
from testimonials.models import Consent, TestimonialPage
from testimonials.models.elapsed import next_change_since, told_since
from testimonials.stories.calendar import next_turn_of_stories
from tests.helpers.appearances import picture
from tests.helpers.factories import (
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
)

TREATED = date(2026, 1, 10)
TODAY = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def stories(home):
    return TestimonialIndexPageFactory(parent=home)


@pytest.fixture
def today(at):
    at(TODAY)


def entry(heading, **time):
    return ("entry", {"heading": heading, **time})


def headings(client, page):
    html = BeautifulSoup(client.get(page.url).content, "html.parser")
    return [each.text for each in html.select(".timeline__heading")]


@pytest.fixture
def story(stories, today):
    return TestimonialPageFactory(
        parent=stories,
        treated_on=TREATED,
        timeline=[
            entry("Tomorrow", date=date(2026, 6, 2)),
            entry("Half a year", number=6, unit="months", phase="after"),
            entry("Today", date=date(2026, 6, 1)),
            entry("A week", number=1, unit="weeks", phase="after"),
        ],
    )


class TestEntriesToCome:
    def test_are_seen_from_their_day_on(self, client, story, at):
        assert headings(client, story) == ["A week", "Today"]

        at(datetime(2026, 6, 2, 12, tzinfo=UTC))
        assert headings(client, story) == ["A week", "Today", "Tomorrow"]

        at(datetime(2026, 7, 12, 12, tzinfo=UTC))
        assert headings(client, story)[-1] == "Half a year"

    def test_are_in_no_block_that_shows_the_timeline(self, client, home, story):
        page = embed(home, ("testimonial_timeline", {"story": story}))

        assert headings(client, page) == ["A week", "Today"]

    def test_are_in_no_index_and_no_list_of_media(self, home, stories, today):
        film = Video.objects.create(
            title="To come",
            poster=SiteImageFactory(),
            shows="nobody",
            file=ContentFile(b"0000ftyp", "walk.mp4"),
            captions=ContentFile(b"WEBVTT", "walk.vtt"),
        )
        story = TestimonialPageFactory(
            parent=stories,
            subject=SubjectFactory(consented__scope_photograph=True),
            timeline=[
                entry("Secret", date=date(2026, 6, 2), video=film, image=picture()),
                entry("Known", date=date(2026, 5, 2)),
            ],
        )
        story = TestimonialPage.objects.get(pk=story.pk)

        said = " ".join(each.text for each in passages(story))
        assert "Known" in said
        assert "Secret" not in said
        assert [each for each in story.places if each.value == film] == []
        assert story.chosen_media() == []
        assert "To come" not in str(story.media_nodes())

    def test_are_no_news(self, story):
        assert story.last_entry_on == date(2026, 6, 1)

    def test_make_pages_be_asked_anew_each_day_until_the_last(self, story):
        tomorrow = datetime(2026, 6, 1, 23, tzinfo=UTC)  # midnight in London

        assert next_turn_of_stories(TODAY) == tomorrow
        later = datetime(2026, 8, 1, 12, tzinfo=UTC)
        assert next_turn_of_stories(later) == datetime(2026, 8, 9, 23, tzinfo=UTC)

    @pytest.mark.parametrize(
        "change",
        [
            lambda story: TestimonialPage.objects.update(treated_on=date(2026, 5, 9)),
            lambda story: _saved(story, treated_on=date(2026, 5, 9)),
            lambda story: _saved(story, ["treated_on"], treated_on=date(2026, 5, 9)),
        ],
        ids=["in bulk", "saved", "one field"],
    )
    def test_are_known_however_the_day_of_treatment_is_changed(
        self, stories, today, change
    ):
        story = TestimonialPageFactory(
            parent=stories,
            treated_on=date(2025, 1, 9),
            timeline=[entry("A month", number=1, unit="months", phase="after")],
        )
        change(TestimonialPage.objects.get(pk=story.pk))
        story = TestimonialPage.objects.get(pk=story.pk)

        tomorrow = datetime(2026, 6, 1, 23, tzinfo=UTC)
        assert next_turn_of_stories(TODAY) == tomorrow
        assert story.latest_entry_on in (None, date(2026, 6, 8))


def _saved(story, fields=None, **values):
    for name, value in values.items():
        setattr(story, name, value)
    if fields:
        story.save(update_fields=fields)
    else:
        story.save()


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 6, 2), ""),
        (date(2026, 6, 1), "a few days"),
        (date(2026, 5, 25), "1 week"),
        (date(2026, 4, 2), "8 weeks"),
        (date(2026, 4, 1), "2 months"),
        (date(2026, 3, 31), "2 months"),
        (date(2024, 6, 2), "23 months"),
        (date(2024, 6, 1), "2 years"),
        (date(1, 1, 1), "2025 years"),
    ],
)
def test_time_since_treatment_is_told_in_words_until_the_day_they_change(day, said):
    today = date(2026, 6, 1)
    assert told_since(day, today) == said

    turn = next_change_since(day, today)
    assert turn > today
    before = date.fromordinal(turn.toordinal() - 1)
    assert told_since(day, before) == said


class TestFacts:
    def facts(self, client, story):
        html = BeautifulSoup(client.get(story.url).content, "html.parser")
        return {
            each.dt.text: " ".join(each.dd.text.split())
            for each in html.select(".story-header .facts div")
        }

    def test_say_what_was_received_when_and_who_tells_it(self, client, stories, today):
        subject = SubjectFactory(consented=False)
        ConsentFactory(subject=subject, given_on=date(2026, 1, 2))
        ConsentFactory(subject=subject, confirmed_on=date(2026, 5, 3))
        ConsentFactory(
            subject=subject, scope_medical_detail=False, given_on=date(2026, 5, 30)
        )
        story = TestimonialPageFactory(
            parent=stories,
            subject=subject,
            treated_on=TREATED,
            treatment_topic=TopicFactory(name="Cell therapy"),
        )

        assert self.facts(client, story) == {
            "Told by": "A patient",
            "Treatment": "Cell therapy",
            "Time since treatment": "4 months",
            "Relation to us": "None but as a patient",
            "Last confirmed with the person": "3 May 2026",
        }
        assert "10 January" not in client.get(story.url).text

    def test_say_what_was_received_in_words_where_no_topic_has_it(
        self, client, stories
    ):
        story = TestimonialPageFactory(parent=stories, treatment="Two infusions")

        assert self.facts(client, story)["Treatment"] == "Two infusions"

    def test_say_plainly_that_somebody_was_paid(self, client, stories):
        story = TestimonialPageFactory(
            parent=stories, subject=SubjectFactory(relation="paid")
        )

        facts = self.facts(client, story)
        assert facts["Relation to us"] == "Paid for telling the story"
        assert set(facts) == {"Told by", "Relation to us"}


def test_the_topic_of_the_treatment_lists_the_story_too(stories):
    condition, treatment = TopicFactory(), TopicFactory()
    story = TestimonialPageFactory(
        parent=stories, topic=condition, treatment_topic=treatment
    )

    for topic in (condition, treatment, treatment.pk):
        assert list(TestimonialPage.objects.about(topic)) == [story]
    assert not TestimonialPage.objects.about(TopicFactory())


def test_an_entry_says_who_reported_it_and_whose_remark_stands_there(
    client, home, stories
):
    person = PersonPageFactory(parent=PeopleIndexPageFactory(parent=home))
    story = TestimonialPageFactory(
        parent=stories,
        timeline=[
            entry(
                "Both",
                number=2,
                unit="weeks",
                phase="after",
                date=date(2026, 1, 24),
                reported_by="record",
                remark="<p>As expected.</p>",
                remark_by=person,
            )
        ],
    )
    html = BeautifulSoup(client.get(story.url).content, "html.parser")

    when = " ".join(html.select_one(".timeline__when").text.split())
    assert when == "2 weeks after treatment 24 January 2026"
    assert (
        html.select_one(".timeline__reporter").text.strip() == "From the medical record"
    )
    assert html.select_one(".timeline__remark").p.text == "A clinician\u2019s remark"


def test_a_short_quotation_stands_under_the_title_and_in_short_blocks(
    client, home, stories
):
    story = TestimonialPageFactory(parent=stories, quote="Nobody promised me much.")
    page = embed(home, ("testimonial", {"story": story, "text": ""}))

    assert "Nobody promised me much." in client.get(story.url).text
    assert "Nobody promised me much." in client.get(page.url).text

    Consent.objects.all().update(valid_until=date(2026, 1, 2))
    assert "Nobody promised me much." not in client.get(page.url).text
