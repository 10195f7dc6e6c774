"""What the rules that judge wording find, and above all what they leave alone."""

import pytest

from core.publishing import gate
from evidence.rules.name_spelling import is_spelled_differently, name_of
from evidence.rules.one_sided import is_of_advantages
from evidence.rules.sentences import split
from tests.helpers.factories import ArticleIndexPageFactory
from tests.helpers.factories_evidence import ReferenceFactory, article, citation
from tests.helpers.prose import clean_passages, must_be_found, unsaved

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

JUDGED = {"absolute-wording", "one-sided", "outcome-alone", "name-spelling"}


def found(page):
    every = [*gate.publishing_problems(page), *gate.suggestions(page)]
    return [(p.code, p.field, p.position) for p in every if p.code in JUDGED]


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


class TestCleanPages:
    def test_at_most_two_of_fifty_are_found_wanting(self):
        passages = clean_passages()
        assert len(passages) >= 50

        wrong = {
            title: findings
            for title, blocks in passages
            if (findings := found(unsaved(title, blocks)))
        }

        assert len(wrong) <= 2, wrong

    def test_one_of_each_kind_put_into_them_is_found(self):
        for number, (code, sentence) in enumerate(must_be_found()):
            title, blocks = clean_passages()[number]
            page = unsaved(title, [*blocks, ("paragraph", f"<p>{sentence}</p>")])

            assert found(page) == [(code, "body", len(blocks))], sentence


def places(sentence):
    """Blocks that hold a sentence in every kind of text."""
    rich = f"<p>{sentence}</p>"
    columns = [{"type": "text", "heading": "What"}]
    table = {"columns": columns, "rows": [{"values": [rich]}], "caption": ""}
    return [
        ("heading", {"text": sentence.rstrip("."), "level": "2"}),
        ("list", {"kind": "bullets", "items": [rich]}),
        ("questions", {"items": [{"question": "How is it?", "answer": rich}]}),
        ("comparison", {"table": table}),
        ("comparison", {"table": {**table, "rows": [], "caption": sentence}}),
        ("figure", {"image": None, "caption": rich}),
        ("callout", {"kind": "note", "heading": "", "text": rich}),
        ("spoken_quotation", {"text": rich, "speaker": "Ada Berg"}),
        ("attributed_quotation", {"text": rich, "author": "Ada Berg"}),
        ("call_to_action", {"heading": sentence, "label": "Go", "text": "<p>x</p>"}),
    ]


class TestPlaces:
    @pytest.mark.parametrize(
        ("code", "sentence"),
        [
            ("absolute-wording", "The infusion has no risk at all."),
            ("outcome-alone", "After the treatment she walks to the shop again."),
        ],
    )
    def test_is_found_wherever_text_is_typed(self, index, code, sentence):
        blocks = places(sentence)
        page = article(index, *blocks, live=False)

        assert found(page) == [(code, "body", n) for n in range(len(blocks))]

    def test_is_found_in_title_and_standfirst(self, index):
        said = "This cell therapy cures everyone"
        page = article(index, title=said, standfirst=said, live=False)

        fields = [field for _, field, _ in found(page)]
        assert fields == ["title", "standfirst"]


class TestAbsoluteWording:
    def test_is_left_alone_where_its_own_sentence_cites_a_work(self, index):
        work = ReferenceFactory()
        cited = f"<p>Antibiotics cure it.{citation(work)} The cells cure it.</p>"
        only = f"<p>Antibiotics cure it{citation(work)}.</p>"
        page = article(index, ("paragraph", only), ("paragraph", cited), live=False)

        assert found(page) == [("absolute-wording", "body", 1)]

    def test_is_left_alone_where_its_block_names_the_work(self, index):
        quoted = {
            "text": "<p>It has no side effects.</p>",
            "reference": ReferenceFactory().pk,
        }
        page = article(index, ("block_quotation", quoted), live=False)

        assert found(page) == []


class TestOneSided:
    def ask(self, *blocks):
        return found(unsaved("Cells", blocks))

    def heading(self, text, level="2"):
        return ("heading", {"text": text, "level": level})

    def text(self, text):
        return ("paragraph", f"<p>{text}</p>")

    def test_advantages_alone_are_found_at_their_heading(self):
        said = self.ask(
            self.text("Before."),
            self.heading("The advantages"),
            self.text("It is quick."),
            self.heading("What it costs"),
            self.text("There are risks of another kind."),
        )

        assert said == [("one-sided", "body", 1)]

    @pytest.mark.parametrize("beside", ["And the risks?", "Side effects"])
    def test_risks_in_the_next_section_are_beside_them(self, beside):
        said = self.ask(
            self.heading("Benefits of cells"),
            self.text("It is quick."),
            self.heading(beside),
            self.text("Fever."),
        )

        assert said == []

    def test_a_question_or_a_column_is_found_too(self):
        columns = [{"type": "text", "heading": h} for h in ("Way", "Advantages")]
        rows = [{"values": ["<p>Vein</p>", "<p>Quick</p>"]}]
        answer = {"question": "What are the benefits?", "answer": "<p>Quick.</p>"}
        said = self.ask(
            ("questions", {"items": [answer]}),
            ("comparison", {"table": {"columns": columns, "rows": rows}}),
            ("callout", {"kind": "note", "heading": "The pros", "text": "<p>x</p>"}),
        )

        assert said == [("one-sided", "body", n) for n in range(3)]

    @pytest.mark.parametrize(
        "heading",
        ["Benefits and risks", "Disability benefits", "Benefits of membership"],
    )
    def test_other_benefits_are_none(self, heading):
        assert not is_of_advantages(heading)


class TestOutcomeAlone:
    TOLD = ("paragraph", "<p>After the treatment she walks to the shop again.</p>")

    def test_the_typical_result_with_its_work_beside_it_is_enough(self, index):
        work = ReferenceFactory()
        typical = f"<p>In the trial, 3 of 16 walked further {citation(work)}.</p>"
        beside = article(index, self.TOLD, ("paragraph", typical), live=False)
        apart = article(
            index,
            self.TOLD,
            ("paragraph", "<p>Between.</p>"),
            ("paragraph", typical),
            live=False,
        )

        assert found(beside) == []
        assert found(apart) == [("outcome-alone", "body", 0)]

    def test_a_number_without_a_work_is_not(self, index):
        page = article(
            index,
            self.TOLD,
            ("paragraph", "<p>Most people walk further.</p>"),
            live=False,
        )

        assert found(page) == [("outcome-alone", "body", 0)]

    def test_a_claim_beside_it_is(self, index):
        claim = {
            "sentence": "<p>Most people walk as far as before.</p>",
            "works": [{"reference": ReferenceFactory().pk}],
        }
        page = article(index, self.TOLD, ("claim", claim), live=False)

        assert found(page) == []


class TestNameSpelling:
    @pytest.mark.parametrize(
        "typed",
        ["Ada Holmbreg", "Dr Holmburg", "Ada Hólmberg", "Ada Holmberg"],
    )
    def test_a_slip_is_found_where_it_stands(self, index, typed):
        said = {"text": "<p>We hope so.</p>", "speaker": "Dr Ada Holmberg"}
        page = article(
            index,
            ("spoken_quotation", said),
            ("paragraph", f"<p>It was {typed} who said so.</p>"),
            live=False,
        )

        wanted = [] if typed == "Ada Holmberg" else [("name-spelling", "body", 1)]
        assert found(page) == wanted

    @pytest.mark.parametrize(
        ("one", "other", "is_slip"),
        [
            ("Panayiota Petrou", "Panayota Petrou", True),
            ("Jörg Müller", "Jörg Mueller", True),
            ("Anna Berg", "Jonas Berg", False),
            ("Anna Berg", "Anna Beck", False),
            ("Jan Peters", "Jana Peters", False),
            ("Anna Berg", "Dr Anna Berg's", False),
        ],
    )
    def test_tells_a_slip_from_another_person(self, one, other, is_slip):
        names = name_of(one), name_of(other)

        assert is_spelled_differently(*names) is is_slip

    def test_two_people_of_nearly_one_name_are_two(self, index):
        blocks = [
            ("spoken_quotation", {"text": "<p>Yes.</p>", "speaker": name})
            for name in ("Marita Holmberg", "Marina Holmberg")
        ]

        assert found(article(index, *blocks, live=False)) == []


class TestSentences:
    @pytest.mark.parametrize(
        ("text", "parts"),
        [
            ("One. Two.", ["One.", "Two."]),
            ("Dr. Berg came. She left.", ["Dr. Berg came.", "She left."]),
            ("It took 2.5 days. “Why?” Nobody knew.", 3),
            ("A line\nand another", ["A line", "and another"]),
        ],
    )
    def test_end_where_readers_end_them(self, text, parts):
        found = [words for words, _ in split(text)]

        assert found == parts if isinstance(parts, list) else len(found) == parts

    def test_hold_a_citation_behind_their_stop(self):
        text = "One.\ue0007\ue001 Two \ue0008\ue001."

        assert list(split(text)) == [("One.", (7,)), ("Two .", (8,))]

    def test_are_cut_where_no_full_stop_ends_them(self):
        text = f"\ue0007\ue001 {'Ada Berg walks again after the treatment ' * 400}"

        parts = list(split(text))

        assert max(len(words) for words, _ in parts) <= 2000
        assert {works for _, works in parts} == {(7,)}
        assert " ".join(words for words, _ in parts) == " ".join(text[3:].split())
