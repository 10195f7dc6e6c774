"""What a story counts is drawn as a line over time, and stands in its entries."""

import re
from datetime import date
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from core.publishing.gate import publishing_problems
from testimonials.chronology import DAYS, in_order
from testimonials.counting import SIZE, counted_line
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory
from tests.helpers.factories_testimonials import (
    ConsentFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)

counts = st.none() | st.decimals(0, 9_999_999, places=2)
entries = st.fixed_dictionaries(
    {
        "number": st.integers(0, 999),
        "unit": st.sampled_from(list(DAYS)),
        "phase": st.sampled_from(["before", "after"]),
        "count": counts,
    }
) | st.fixed_dictionaries({"date": st.dates(), "count": counts})


def entry(number, count, unit="weeks", phase="after"):
    value = {"number": number, "unit": unit, "phase": phase, "count": count}
    return ("entry", value)


def places(path):
    return [tuple(map(float, pair)) for pair in re.findall(r"([\d.]+) ([\d.]+)", path)]


class TestLine:
    @given(st.lists(entries), st.none() | st.dates())
    def test_stays_in_its_room_and_goes_forward(self, told, treated_on):
        line = counted_line(in_order(told, treated_on))

        if line:
            drawn = places(line.line)
            assert drawn == places(line.dots)
            assert all(0 <= x <= SIZE and 0 <= y <= SIZE for x, y in drawn)
            assert [x for x, _ in drawn] == sorted(x for x, _ in drawn)
            assert (drawn[0][0], drawn[-1][0]) == (0, SIZE)

    def test_begins_at_zero_and_keeps_the_distances_of_time(self):
        told = [
            {"number": 10, "unit": "days", "phase": "before", "count": Decimal(20)},
            {"number": 0, "unit": "days", "phase": "after", "count": Decimal(10)},
            {"number": 30, "unit": "days", "phase": "after", "count": Decimal(40)},
        ]

        line = counted_line(in_order(told, None))

        assert places(line.line) == [(0, 50), (25, 75), (100, 0)]
        assert float(line.treated) == 25

    @pytest.mark.parametrize(
        "told",
        [
            [],
            [{"number": 1, "unit": "weeks", "count": Decimal(1)}],
            [{"number": 1, "unit": "weeks", "count": Decimal(n)} for n in (1, 2)],
            [{"date": date(2026, n, 1), "count": Decimal(n)} for n in (1, 2)],
            [{"number": n, "unit": "weeks"} for n in (1, 2)],
        ],
        ids=["nothing", "one", "one day", "no day of treatment", "no counts"],
    )
    def test_is_not_drawn_of_too_little(self, told):
        assert counted_line(in_order(told, None)) is None

    def test_of_nothing_but_zeros_lies_at_the_bottom(self):
        told = [{"number": n, "unit": "weeks", "count": Decimal()} for n in (1, 2)]

        assert places(counted_line(in_order(told, None)).line) == [(0, 100), (100, 100)]


@pytest.mark.django_db
class TestOnAPage:
    @pytest.fixture
    def story(self, home):
        story = TestimonialPageFactory(
            parent=TestimonialIndexPageFactory(parent=home),
            counted="The longest walk of the week",
            counted_unit="m",
            timeline=[
                entry(6, "1200.5", phase="before"),
                entry(2, None),
                entry(3, "0"),
            ],
        )
        ConsentFactory(subject=story.subject)
        return story

    def shown(self, client, page):
        html = BeautifulSoup(client.get(page.url).content, "html.parser")
        for part in html.select(".visually-hidden"):
            part.unwrap()
        return html

    def test_its_numbers_are_text_and_the_line_is_silent(self, client, story):
        html = self.shown(client, story)

        said = [" ".join(p.text.split()) for p in html.select(".timeline__count")]
        assert said == [
            "The longest walk of the week: 1,200.5 m",
            "The longest walk of the week: 0 m",
        ]
        assert html.select_one(".counted svg")["aria-hidden"] == "true"
        ends = " ".join(html.select_one(".counted__ends").text.split())
        assert ends == "1,200.5 m 6 weeks before treatment 0 m 3 weeks after treatment"

    def test_an_article_that_shows_the_timeline_shows_it_too(self, client, home, story):
        article = ArticlePageFactory(
            parent=ArticleIndexPageFactory(parent=home),
            after_body=[("testimonial_timeline", {"story": story})],
        )

        assert self.shown(client, article).select_one(".counted svg")

    def test_counts_without_a_name_are_not_printed_and_editors_told(
        self, client, story
    ):
        story.counted = ""
        story.save()
        story = type(story).objects.get()

        html = self.shown(client, story)

        assert not html.select(".counted, .timeline__count")
        [problem] = publishing_problems(story)
        assert (problem.code, problem.level) == ("counts-unnamed", "warn")
        assert problem.field == "counted"
