"""What the gate says of placeholders, and of a standfirst that is said twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.models.article_page import ArticlePage
from core.publishing.rules.placeholders import Placeholder, placeholders
from core.publishing.rules.repetition import RepeatedStandfirst, repeats

# A page that is made asks which type it is of.
pytestmark = pytest.mark.django_db

STANDFIRST = "Two in three people walked further after a year of training at home."


class TestPlaceholders:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("TK", ["TK"]),
            ("It costs TK a month.", ["TK"]),
            ("About TKTK people", ["TKTK"]),
            ("Lorem ipsum of it", ["Lorem ipsum"]),
            ("call xxx or xxxx", ["xxx", "xxxx"]),
            ("About XXX of them", ["XXX"]),
            ("on xx/xx/2026", ["xx/xx/2026"]),
            ("in ?? patients", ["??"]),
            ("Dose: ??%", ["??"]),
            ("Price: TBD", ["TBD"]),
            ("Price: [TBC]", ["[TBC]"]),
            ("Dear [insert name here],", ["[insert name here]"]),
            ("{Insert link}", ["{Insert link}"]),
            ("It helps [citation needed].", ["[citation needed]"]),
            ("Text goes here", ["Text goes here"]),
            ("TODO: the price", ["TODO"]),
        ],
    )
    def test_are_found(self, text, words):
        assert placeholders(text) == words

    @pytest.mark.parametrize(
        "text",
        [
            "A TK inhibitor, and the TK1 test",
            "Thymidine kinase (TK) rises, and TK falls again.",
            "Tick-borne disease (TBD): TBD is rare.",
            "The TBC domain of TBC1D4",
            "XXX syndrome, 47,XXX and 48,XXXX",
            "Sex chromosomes XX and XY; triple X (XXX)",
            "Chapter XXX, volume XXX, part XXXI",
            "Smith TK, Jones AB.",
            "What?! Why??",
            "[sic] [...] […] [name withheld] [7]",
            "Insert a needle; add salt (add more later).",
            "The dose is to be decided.",
            "Todo el mundo",
            "https://xxx.example/xxx/?a=??",
            "x, xx, x-ray",
        ],
    )
    def test_are_told_from_honest_words(self, text):
        assert placeholders(text) == []

    def test_are_not_what_another_text_of_the_page_explains(self):
        body = [("paragraph", "<p>We measure thymidine kinase (TK).</p>")]

        page = ArticlePage(title="High TK", standfirst="When TK is high.", body=body)

        assert list(Placeholder().problems(page)) == []

    def test_are_found_in_every_text(self):
        page = ArticlePage(
            title="TK",
            standfirst="Lorem ipsum.",
            body=[
                ("heading", {"text": "TBD", "level": "2", "anchor": ""}),
                ("list", {"kind": "bullets", "items": ["<p>x</p>", "<p>TK</p>"]}),
                ("questions", {"items": [{"question": "??", "answer": "<p>xxx</p>"}]}),
            ],
        )

        found = list(Placeholder().problems(page))

        assert [(p.field, p.position) for p in found] == [
            ("title", None),
            ("standfirst", None),
            ("body", 0),
            ("body", 1),
            ("body", 2),
        ]
        assert "“??”, “xxx”" in found[-1].sentence
        assert {p.level for p in found} == {"warn"}

    @given(st.text(), st.text())
    def test_are_sought_in_anything(self, text, whole):
        assert all(words in text for words in placeholders(text, whole))

    @given(st.text(alphabet="TKXxB?[]() .1", max_size=40))
    def test_never_overlap(self, text):
        assert sum(map(len, placeholders(text))) <= len(text)


class TestRepeatedStandfirst:
    @pytest.mark.parametrize(
        "paragraph",
        [
            STANDFIRST,
            f"“{STANDFIRST.upper()}”",
            f"{STANDFIRST} And then some more words of the text follow it.",
            STANDFIRST.replace("people", "patients"),
            STANDFIRST.removesuffix(" at home.") + ".",
        ],
    )
    def test_is_known_however_it_is_spelled(self, paragraph):
        assert repeats(paragraph, STANDFIRST)

    @pytest.mark.parametrize(
        ("paragraph", "standfirst"),
        [
            ("Walking is a matter of training, say two in three.", STANDFIRST),
            ("Two in three people walked further.", STANDFIRST),
            ("Two in three walked.", "One in three walked."),
            ("", STANDFIRST),
            ("…", "…"),
        ],
    )
    def test_is_nothing_else(self, paragraph, standfirst):
        assert not repeats(paragraph, standfirst)

    @given(st.text(), st.text(max_size=400))
    def test_is_sought_in_anything(self, paragraph, standfirst):
        assert repeats(paragraph, standfirst) in {True, False}

    def test_is_named_at_the_first_paragraph(self):
        page = ArticlePage(
            title="A",
            standfirst=STANDFIRST,
            body=[
                ("heading", {"text": "Before", "level": "2", "anchor": ""}),
                ("paragraph", f"<p>{STANDFIRST}</p>"),
            ],
        )

        [problem] = RepeatedStandfirst().problems(page)

        assert (problem.field, problem.position, problem.level) == ("body", 1, "warn")

    def test_is_none_where_other_words_come_first(self):
        body = [("paragraph", "<p>Once.</p>"), ("paragraph", f"<p>{STANDFIRST}</p>")]

        page = ArticlePage(title="A", standfirst=STANDFIRST, body=body)

        assert list(RepeatedStandfirst().problems(page)) == []
