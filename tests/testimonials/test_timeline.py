"""Timelines: in order of time however they were entered, and as cheap for many."""

import random
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Site

from core.models.videos import Video
from testimonials.chronology import DAYS, in_order
from testimonials.timeline_block import TimelineEntryBlock
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    SiteImageFactory,
)
from tests.helpers.factories_testimonials import (
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)

TREATED = date(2026, 3, 1)


@pytest.fixture
def stories(home):
    return TestimonialIndexPageFactory(parent=home)


def span(number, unit="days", phase="after"):
    return {"number": number, "unit": unit, "phase": phase, "date": None}


def dated(day):
    return {"number": None, "unit": "weeks", "phase": "after", "date": day}


def days(entry, treated_on):
    """Say independently how many days after treatment an entry stands."""
    if entry["date"]:
        return (entry["date"] - treated_on).days if treated_on else None
    return (
        entry["number"]
        * DAYS[entry["unit"]]
        * (-1 if entry["phase"] == "before" else 1)
    )


def some_entry(chance):
    if chance.random() < 0.4:
        return dated(TREATED + timedelta(days=chance.randint(-900, 900)))
    return span(
        chance.randint(0, 60),
        chance.choice(list(DAYS)),
        chance.choice(["before", "after"]),
    )


class TestOrder:
    @pytest.mark.parametrize("seed", range(50))
    @pytest.mark.parametrize("treated_on", [TREATED, None])
    def test_is_that_of_time_for_any_entries(self, seed, treated_on):
        chance = random.Random(seed)  # noqa: S311  not a secret
        entries = [some_entry(chance) for _ in range(chance.randint(0, 12))]

        moments = in_order(entries, treated_on)

        assert sorted(map(id, entries)) == sorted(id(m.entry) for m in moments)
        known = [days(m.entry, treated_on) for m in moments]
        placed = [day for day in known if day is not None]
        assert placed == sorted(placed)
        assert known[: len(placed)] == placed, "what cannot be placed comes last"
        unplaced = [m.entry["date"] for m in moments[len(placed) :]]
        assert unplaced == sorted(unplaced)

    @pytest.mark.parametrize("seed", range(10))
    def test_does_not_depend_on_the_order_of_entry(self, seed):
        entries = [
            span(n, unit) for n, unit in ((2, "days"), (3, "months"), (2, "weeks"))
        ]
        entries += [span(1, "years", "before"), dated(TREATED + timedelta(days=30))]
        random.Random(seed).shuffle(entries)  # noqa: S311  not a secret

        order = [m.entry["date"] or m.when for m in in_order(entries, TREATED)]

        assert order == ["1 year", "2 days", "2 weeks", date(2026, 3, 31), "3 months"]

    def test_of_one_day_is_that_of_entry(self):
        entries = [span(14), span(2, "weeks"), dated(TREATED + timedelta(days=14))]

        assert [m.entry for m in in_order(entries, TREATED)] == entries

    @pytest.mark.parametrize(
        ("entry", "when", "phase", "side"),
        [
            (span(1, "weeks"), "1 week", "after treatment", "after"),
            (span(50), "50 days", "after treatment", "after"),
            (span(3, "months", "before"), "3 months", "before treatment", "before"),
            (span(0), "Day of treatment", "", "after"),
        ],
    )
    def test_a_span_is_told_in_words(self, entry, when, phase, side):
        (moment,) = in_order([entry], None)

        assert (moment.when, moment.phase, moment.side) == (when, phase, side)

    def test_a_span_beyond_the_calendar_has_no_date(self):
        assert in_order([span(999, "years", "before")], date(500, 1, 1))[0].date is None


class TestEntry:
    def clean(self, **values):
        block = TimelineEntryBlock()
        return block.clean(block.to_python(values))

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({}, "number"),
            ({"number": 2, "remark": "<p>Well done.</p>"}, "remark_by"),
        ],
    )
    def test_without_one_time_or_a_speaker_is_refused_with_a_sentence(
        self, values, field
    ):
        with pytest.raises(StructBlockValidationError) as refusal:
            self.clean(**values)

        assert list(refusal.value.block_errors) == [field]

    @pytest.mark.parametrize(
        "values",
        [{"number": 0}, {"date": "2026-03-03"}, {"number": 2, "date": "2026-03-03"}],
    )
    def test_with_a_number_or_a_date_or_both_is_accepted(self, values):
        assert self.clean(**values)

    def test_may_be_unfinished_in_a_draft(self):
        block = TimelineEntryBlock()

        assert block.clean_deferred(block.to_python({}))


def test_a_page_prints_the_timeline_in_order(client, stories):
    story = TestimonialPageFactory(
        parent=stories,
        treated_on=TREATED,
        ongoing=True,
        timeline=[
            ("entry", {"number": 3, "unit": "months", "heading": "The hill"}),
            ("entry", {"date": date(2026, 3, 20), "heading": "The stairs"}),
            ("entry", {"number": 2, "unit": "days", "heading": "The corridor"}),
        ],
    )

    page = BeautifulSoup(client.get(story.url).content, "html.parser")

    headings = [each.text for each in page.select(".timeline__heading")]
    assert headings == ["The corridor", "The stairs", "The hill"]
    assert page.select_one(".timeline__when time")["datetime"] == "2026-03-20"
    assert "The latest entry is from" in page.select_one(".timeline__note").text


def full_timeline(person):
    """Return entries with everything an entry can hold."""
    image = SiteImageFactory()
    image.contextual_alt_text = "Stairs"
    video = Video(title="Walking", poster=SiteImageFactory(), captions="walk.vtt")
    video.file.save("walk.mp4", ContentFile(b"0000ftyp"), save=True)
    return [
        (
            "entry",
            {
                "number": number,
                "unit": "weeks",
                "phase": "after",
                "remark": "<p>Good.</p>",
                "remark_by": person,
                "image": image,
                "video": video,
            },
        )
        for number in (1, 2)
    ]


def test_ten_story_blocks_cost_a_page_as_much_as_one(client, home, stories):
    person = PersonPageFactory(parent=PeopleIndexPageFactory(parent=home))
    articles = ArticleIndexPageFactory(parent=home)

    def article(count):
        blocks = []
        for _ in range(count):
            subject = SubjectFactory(
                portrait=SiteImageFactory(),
                consented__scope_name=True,
                consented__scope_photograph=True,
                person=person,
            )
            story = TestimonialPageFactory(
                parent=stories, subject=subject, timeline=full_timeline(person)
            )
            blocks += [
                ("testimonial", {"story": story}),
                ("testimonial_quote", {"story": story, "text": "<p>Kind.</p>"}),
                ("testimonial_carousel", {"heading": "Row", "stories": [story]}),
                ("testimonial_timeline", {"story": story}),
            ]
        return ArticlePageFactory(parent=articles, body=blocks)

    def queries(page):
        client.get(page.url)  # makes the renditions
        cache.clear()
        Site.get_site_root_paths()
        with CaptureQueriesContext(connection) as captured:
            html = client.get(page.url).content.decode()
        assert "Good." in html
        return [query["sql"] for query in captured]

    one, ten = queries(article(1)), queries(article(10))

    assert len(one) == len(ten), "\n".join(sql[:200] for sql in ten)
