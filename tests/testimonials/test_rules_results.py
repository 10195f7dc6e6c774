"""Results in stories: never without the typical one and the work that says so."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup

from core.publishing import gate
from evidence.models import Reference
from evidence.rules.outcomes import tells_result_in_story
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory
from tests.helpers.factories_evidence import ReferenceFactory
from tests.helpers.factories_testimonials import (
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
    every_block,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

OURS = {"untypical-result", "outcome-alone", "nothing-new"}
RUNS = [("paragraph", "<p>I can now run.</p>")]
COUNTS = [
    ("entry", {"number": 2, "unit": "weeks", "phase": phase, "count": Decimal(count)})
    for phase, count in (("before", "200"), ("after", "450"))
]


@pytest.fixture
def stories(home):
    return TestimonialIndexPageFactory(parent=home)


@pytest.fixture
def articles(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def typical():
    """What is typical, as a field holds it."""
    work = Reference.objects.get(pk=ReferenceFactory().pk)
    return [
        (
            "claim",
            {
                "sentence": "<p>Most people walk as far as before.</p>",
                "outcome": "Walking",
                "direction": "against",
                "works": [{"reference": work}],
            },
        )
    ]


def found(page):
    every = [*gate.publishing_problems(page), *gate.suggestions(page)]
    return [(p.code, p.level, p.field, p.position) for p in every if p.code in OURS]


def story(stories, **fields):
    return TestimonialPageFactory(parent=stories, live=False, **fields)


TOLD = [
    "I walked to the shop again.",
    "She walked unaided.",
    "After the treatment she walked without a stick.",
    "I worked full time again.",
    "She saw colours again.",
    "Before the infusion I could not stand; today I climb stairs again.",
    "I never thought it possible, but I can walk again.",
    "I do not need my stick any more.",
    "I don\u2019t use my chair any longer.",
    "He threw away his crutches.",
    "My EDSS went from 6 to 3.",
]
NOT_TOLD = [
    "They told me that I would not walk again.",
    "Before my illness I walked without a stick.",
    "I learned to walk again.",
    "I saw my neurologist for the first time.",
    "I spoke to the nurse again.",
    "She walked out again.",
    "The lift worked again.",
    "I walked there again and again.",
]


@pytest.mark.parametrize("sentence", TOLD)
def test_a_result_is_known_in_plain_words(sentence):
    assert tells_result_in_story(sentence)


@pytest.mark.parametrize("sentence", NOT_TOLD)
def test_what_only_sounds_like_a_result_is_left_alone(sentence):
    assert not tells_result_in_story(sentence)


class TestAStory:
    @pytest.mark.parametrize(
        "fields",
        [
            {"body": [("paragraph", "<p>Her tremor has gone.</p>")]},
            {
                "body": [
                    ("list", {"kind": "ticks", "items": ["<p>She stood unaided.</p>"]})
                ]
            },
            {
                "timeline": [
                    ("entry", {"number": 2, "own_words": "<p>I can now run.</p>"})
                ]
            },
            {"timeline": COUNTS, "counted": "Metres walked"},
        ],
    )
    def test_that_tells_of_a_result_needs_the_typical_one(
        self, stories, typical, fields
    ):
        page = story(stories, **fields)
        assert found(page) == [("untypical-result", "block", "typical", None)]
        with pytest.raises(gate.PublishBlocked, match="what happens to most"):
            page.save_revision().publish()

        page.typical = typical

        assert found(page) == []
        page.save_revision().publish()

    @pytest.mark.parametrize(
        "fields",
        [
            {"title": "Told no, and why"},
            {"standfirst": "She asked whether she would walk again."},
            {"body": [("paragraph", "<p>She could walk two hundred metres.</p>")]},
            {"timeline": [COUNTS[0]], "counted": "Metres walked"},
        ],
    )
    def test_that_tells_of_none_needs_nothing(self, stories, fields):
        assert found(story(stories, **fields)) == []

    @pytest.mark.parametrize(
        "name", ["title", "standfirst", "search_description", "social_text"]
    )
    def test_tells_of_no_result_where_it_is_printed_alone(self, stories, typical, name):
        page = story(stories, typical=typical, **{name: "I can now run"})

        assert found(page) == [("untypical-result", "block", name, None)]

    def test_names_no_work_in_vain(self, stories, typical):
        typical[0][1]["works"] = []
        page = story(stories, body=RUNS, typical=typical)

        assert ("untypical-result", "block", "typical", None) in found(page)
        # And the claim itself is refused.
        codes = [problem.code for problem in gate.publishing_problems(page)]
        assert "unsupported-fact" in codes

    @pytest.mark.parametrize("lack", ["elsewhere", "nobody", "retracted"])
    def test_needs_a_claim_that_shows_something(self, stories, articles, typical, lack):
        (_, claim), (work,) = typical[0], typical[0][1]["works"]
        if lack == "elsewhere":
            work["on_another_subject"] = True
        elif lack == "nobody":
            claim["direction"] = "none"
        else:
            work["reference"].status = "retracted"
            work["reference"].save()
        page = story(stories, body=RUNS, typical=typical)
        told = {
            "story": TestimonialPageFactory(parent=stories),
            "text": "I can now run",
        }
        body = [("testimonial", told), *typical]
        beside = ArticlePageFactory(parent=articles, live=False, body=body)

        assert found(page) == [("untypical-result", "block", "typical", None)]
        assert found(beside) == [("untypical-result", "block", "body", 0)]


class TestAnArticle:
    def test_that_shows_a_result_is_told_at_its_block(self, stories, articles):
        shown = TestimonialPageFactory(parent=stories)
        told = {"story": shown, "text": "<p>I no longer need my stick.</p>"}
        plain = {"story": shown, "text": "<p>She asked me what I wanted.</p>"}
        page = ArticlePageFactory(
            parent=articles,
            live=False,
            body=[("testimonial_quote", plain), ("testimonial_quote", told)],
        )

        assert found(page) == [("untypical-result", "block", "body", 1)]

    def test_shows_what_the_story_says_is_typical(
        self, client, stories, articles, typical
    ):
        shown = TestimonialPageFactory(parent=stories, body=RUNS, typical=typical)
        page = ArticlePageFactory(parent=articles, body=every_block(shown))
        page.save_revision().publish()

        soup = BeautifulSoup(client.get(page.url).content, "html.parser")

        said = [" ".join(each.text.split()) for each in soup.select(".typical-result")]
        assert said == ["What is typical Most people walk as far as before.[1]"] * 4
        own = BeautifulSoup(client.get(shown.url).content, "html.parser")
        assert len(own.select(".typical-result")) == 1

    def test_may_say_it_beside_the_block(self, stories, articles, typical):
        shown = TestimonialPageFactory(parent=stories)
        told = {"story": shown, "text": "<p>I no longer need my stick.</p>"}
        page = ArticlePageFactory(
            parent=articles, live=False, body=[("testimonial", told), *typical]
        )

        assert found(page) == []


class TestNothingNew:
    def entry(self, day):
        return [("entry", {"date": date.fromisoformat(day), "heading": "A day"})]

    def test_a_story_that_goes_on_is_warned_of_when_it_does_not(self, stories, at):
        page = story(stories, ongoing=True, timeline=self.entry("2026-01-10"))
        at(datetime(2026, 12, 30, 12, tzinfo=UTC))
        assert found(page) == []

        at(datetime(2027, 1, 20, 12, tzinfo=UTC))

        assert found(page) == [("nothing-new", "warn", "ongoing", None)]
        page.ongoing = False
        assert found(page) == []

    def test_a_reason_lapses_with_the_next_entry(self, stories, at):
        page = story(stories, ongoing=True, timeline=self.entry("2026-01-10"))
        at(datetime(2028, 1, 20, 12, tzinfo=UTC))
        page.override_reason = "The patient is travelling."
        page.answered_problems = [p.key for p in gate.publishing_problems(page)]
        assert found(page) == []

        page.timeline = self.entry("2026-02-10")
        del page.__dict__["moments"]

        assert [code for code, *_ in found(page)] == ["nothing-new"]
