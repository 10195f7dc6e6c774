"""What the gate says about the words of links."""

import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from applications.models.pages import ApplicationFormPage
from articles.models.article_page import ArticlePage
from core.publishing.rules.links import (
    EmptyLink,
    VagueLink,
    is_address,
    is_vague,
    link_texts,
)
from home.models import HomePage

# A page that is made asks which type it is of.
pytestmark = pytest.mark.django_db


def places(*body, **fields):
    page = ArticlePage(title="A title", body=body, **fields)
    return [(p.field, p.position) for p in VagueLink().problems(page)]


def link(words):
    return f'<p>It is told <a href="https://x.example/trial">{words}</a> at length.</p>'


class TestVagueWords:
    @pytest.mark.parametrize(
        "words",
        [
            "here",
            "Here",
            "HERE",
            "here.",
            " here ",
            "here\u00a0",
            "“here”",
            "→ here",
            "here…",
            "click here",
            "Click  here!",
            "click\nhere",
            "this link",
            "Read more",
            "read more »",
            "more...",
            "[link]",
            "ｈｅｒｅ",  # noqa: RUF001  the wide letters of an East Asian keyboard
        ],
    )
    def test_say_nothing(self, words):
        assert is_vague(words)

    @pytest.mark.parametrize(
        "words",
        [
            "",
            "the trial of 2020",
            "where",
            "there",
            "read more about fatigue",
            "here is the trial",
            "Linköping",
            "moreover",
            "→",
        ],
    )
    def test_are_not_those_that_say_something(self, words):
        assert not is_vague(words)

    @given(
        st.sampled_from(["here", "click here", "read more", "this link"]),
        st.text(alphabet=" .!?…→»“”()-_\u00a0\u200b", max_size=5),
        st.text(alphabet=" .!?…→»“”()-_\u00a0\u200b", max_size=5),
        st.sampled_from([str.upper, str.title, str.lower]),
    )
    def test_are_known_under_any_punctuation(self, words, before, after, case):
        assert is_vague(before + case(words) + after)

    @given(st.text())
    def test_are_sought_in_anything(self, words):
        assert is_vague(words) in {True, False}


class TestAddress:
    @pytest.mark.parametrize(
        "words",
        [
            "https://x.example/trial?id=1#a",
            "HTTP://X.EXAMPLE",
            " www.clinic.example ",
            "clinic.example/trial",
        ],
    )
    def test_is_known(self, words):
        assert is_address(words)

    @pytest.mark.parametrize(
        "words",
        ["the trial at https://x.example", "www", "and/or", "12.5", "a@x.example", ""],
    )
    def test_is_not_read_into_words(self, words):
        assert not is_address(words)


class TestLinkTexts:
    @pytest.mark.parametrize(
        ("source", "texts"),
        [
            ("<p>No link, and a < b.</p>", []),
            (link("here"), ["here"]),
            (link("<b>here</b>"), ["here"]),
            (link("<b>cl<i>ick</i></b> <b>here</b>"), ["click here"]),
            (link("here &amp; now"), ["here & now"]),
            (link("here") + link("there"), ["here", "there"]),
            ('<p><a linktype="page" id="3">here</a></p>', ["here"]),
            ("<p><a>here", ["here"]),
            ('<abbr title="a">MS</abbr>', []),
        ],
    )
    def test_are_what_a_reader_hears(self, source, texts):
        assert link_texts(source) == texts

    @given(st.text())
    def test_are_read_from_anything(self, words):
        assert link_texts(link(escape(words))) == [" ".join(words.split())] or (
            # What HTML cannot hold, a parser may drop or replace.
            any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in words)
        )


class TestWhere:
    def test_every_text_of_a_block_is_read(self):
        table = {
            "caption": "",
            "columns": [{"type": "text", "heading": "A"}],
            "rows": [{"values": [link("here")]}],
        }
        field = ArticlePage._meta.get_field("body").stream_block
        comparison = field.child_blocks["comparison"].to_python({"table": table})

        assert places(
            ("paragraph", link("here")),
            ("list", {"kind": "bullets", "items": [link("fine words"), link("here")]}),
            ("questions", {"items": [{"question": "Q", "answer": link("this link")}]}),
            ("callout", {"kind": "note", "heading": "", "text": link("more")}),
            ("attributed_quotation", {"text": link("here"), "author": "Uccelli"}),
            ("comparison", comparison),
            ("paragraph", link("the trial of 2020")),
        ) == [("body", number) for number in range(6)]

    def test_each_link_of_a_paragraph_is_named(self):
        page = ArticlePage(
            title="A", body=[("paragraph", link("here") + link("Read more"))]
        )

        sentences = [problem.sentence for problem in VagueLink().problems(page)]

        assert "“here”" in sentences[0]
        assert "“Read more”" in sentences[1]

    def test_an_address_as_link_is_named(self):
        assert places(("paragraph", link("https://x.example/trial"))) == [("body", 0)]

    def test_the_label_of_a_button_is_read(self):
        def button(label):
            value = {"heading": "For you?", "text": "", "label": label, "page": None}
            return ("call_to_action", value)

        assert places(button("Find out more"), button("Apply for an assessment")) == [
            ("body", 0)
        ]

    def test_the_labels_of_the_front_page_are_read(self):
        page = HomePage(title="Home", call_to_action_label="Click here!")

        (problem,) = VagueLink().problems(page)

        assert problem.field == "call_to_action_label"

    def test_rich_text_outside_the_streams_is_read(self):
        page = ApplicationFormPage(title="Apply", answers_text=link("here"))

        (problem,) = VagueLink().problems(page)

        assert problem.field == "answers_text"


class TestEmpty:
    @pytest.mark.parametrize("words", ["", " ", "\u00a0", "<b> </b>"])
    def test_is_named_where_it_stands(self, words):
        body = [("paragraph", link("the trial")), ("paragraph", link(words))]
        page = ArticlePage(title="A title", body=body)

        (problem,) = EmptyLink().problems(page)

        assert (problem.field, problem.position) == ("body", 1)

    def test_is_no_label_left_blank(self):
        button = {"heading": "For you?", "text": "", "label": "", "page": None}
        page = ArticlePage(title="A title", body=[("call_to_action", button)])

        assert list(EmptyLink().problems(page)) == []
