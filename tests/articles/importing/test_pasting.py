"""What becomes of texts that are pasted from word processors."""

import json
from pathlib import Path

import pytest
from wagtail.models import Site

from articles.blocks import ArticleBodyBlock
from articles.importing.pasting import Pasted
from home.roles import ADMISSIONS, EDITORS
from tests.helpers.factories_evidence import ReferenceFactory

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/articles/paste/"
CLIPBOARD = Path(__file__).parents[2] / "data" / "clipboard"
WORD, GOOGLE = "word.html", "google-docs.html"
ONE_WORK = "Curlew W. Sleep after a stay. J Ex. 2020;1:1-9. doi:10.1000/sleep.1"


@pytest.fixture
def trial():
    return ReferenceFactory(title="Sleep after a stay", doi="10.1000/sleep.1")


def pasted(html):
    return Pasted(html, Site.objects.first())


def copied(name):
    return pasted((CLIPBOARD / name).read_text())


def of_kind(body, kind):
    return [block["value"] for block in body if block["type"] == kind]


def named(pasted):
    return " ".join(f"{p.typed} {p.sentence}" for p in pasted.problems)


@pytest.mark.parametrize("name", [WORD, GOOGLE])
class TestADocument:
    def test_becomes_the_blocks_of_its_parts(self, name, trial):
        body = copied(name).body

        headings = [heading["text"] for heading in of_kind(body, "heading")]
        assert headings[-1] == "The first week"
        (table,) = of_kind(body, "comparison")
        columns = [column["heading"] for column in table["table"]["columns"]]
        assert columns == ["Dose", "When"]
        (row,) = table["table"]["rows"]
        assert row["values"] == ["<p>10 mg</p>", "<p>at noon</p>"]

    def test_keeps_what_is_within_a_point_with_it(self, name, trial):
        words = str(copied(name).body)

        order = [words.index(each) for each in ("Unpack", "pills first", "Lie down")]
        assert order == sorted(order)
        assert "pills first</p>', '<p>Lie down" in words or "<ol><li>pills" in words

    def test_cites_a_footnote_that_the_library_knows(self, name, trial):
        body = copied(name).body

        prose = "".join(of_kind(body, "paragraph"))
        assert f'a trial found<embed embedtype="citation" id="{trial.pk}"/>' in prose
        assert "Curlew" not in prose

    def test_keeps_a_footnote_that_the_library_does_not_know(self, name):
        read = copied(name)

        prose = "".join(of_kind(read.body, "paragraph"))
        assert ONE_WORK in prose
        assert "[1]" in named(read)
        assert "not in the library" in named(read)

    def test_names_the_picture_that_did_not_come_along(self, name, trial):
        read = copied(name)

        assert not of_kind(read.body, "figure")
        assert "A hall with rails" in named(read)
        assert "Pictures do not come along" in named(read)


class TestWord:
    def test_bullets_and_numbers_are_told_apart(self, trial):
        (bullets,) = of_kind(copied(WORD).body, "list")

        assert bullets["kind"] == "bullets"
        assert bullets["items"] == [
            "<p>in the <b>garden</b></p>",
            "<p>on the stairs</p>",
        ]

    def test_lists_within_lists_stay_so(self, trial):
        prose = "".join(of_kind(copied(WORD).body, "paragraph"))

        assert "<li>Unpack<ol><li>pills first</li></ol></li><li>Lie down</li>" in prose

    def test_a_list_that_begins_later_says_so(self):
        item = (
            "<p style='mso-list:l0 level1 lfo1'>"
            "<span style='mso-list:Ignore'>{}.</span>Step</p>"
        )
        read = pasted(item.format(4) + item.format(5))

        assert "began with 4" in named(read)

    def test_words_between_two_lists_stay_between_them(self):
        item = "<p style='mso-list:l0 level1'>{}</p>"
        read = pasted(f"{item.format('One')}loose words{item.format('Two')}")

        assert [block["type"] for block in read.body] == ["list", "paragraph", "list"]

    def test_the_title_becomes_a_heading(self, trial):
        heading, *_ = of_kind(copied(WORD).body, "heading")

        assert (heading["text"], heading["level"]) == ("Coming home", "2")

    def test_runs_of_spaces_become_one(self, trial):
        assert "<i>most</i>, as a trial" in "".join(
            of_kind(copied(WORD).body, "paragraph")
        )


class TestGoogleDocs:
    def test_only_what_is_bold_is_bold(self, trial):
        first, *_ = of_kind(copied(GOOGLE).body, "paragraph")

        assert first.count("<b>") == 1
        assert "<b>never twice</b>" in first
        assert "<i>most</i>" in first
        assert "H<sub>2</sub>O" in first

    def test_bullets_within_numbers_are_named(self, trial):
        assert "Bullets within numbered points" in named(copied(GOOGLE))

    def test_links_lead_where_they_led_without_a_way_round(self, trial):
        *_, last = of_kind(copied(GOOGLE).body, "paragraph")

        assert '<a href="https://example.org/home?a=1">what we send home</a>' in last

    @pytest.mark.parametrize(
        "href",
        [
            "https://www.google.com/url?q=javascript:alert(1)",
            "https://www.google.com/url?sa=D",
            "https://www.google.com/maps?q=https://example.org/",
            "https://www.google.org.example/url?q=x",
        ],
    )
    def test_other_links_stay_as_they_are(self, href):
        (text,) = of_kind(pasted(f'<p><a href="{href}">x</a></p>').body, "paragraph")

        assert f'href="{href}"' in text

    def test_a_number_in_brackets_without_a_list_is_named(self, trial):
        assert "(2) If this is a citation" in named(copied(GOOGLE))


class TestATable:
    def test_whose_first_row_is_bold_as_the_others_has_no_headings(self):
        row = "<tr><td><b>a</b></td><td><b>b</b></td></tr>"
        read = pasted(f"<table>{row}{row}</table>")

        assert "columns have no headings" in named(read)

    def test_whose_first_row_is_bold_in_part_has_no_headings(self):
        rows = "<tr><td><b>a</b> b</td><td><b>c</b></td></tr><tr><td>d</td><td>e</td>"
        read = pasted(f"<table>{rows}</tr></table>")

        assert "columns have no headings" in named(read)


class TestTheAnswer:
    @pytest.fixture
    def editor(self, log_in):
        return log_in(EDITORS)

    def test_holds_the_states_of_blocks_that_can_be_saved(self, editor, trial):
        html = (CLIPBOARD / WORD).read_text()
        answer = editor.post(ADDRESS, {"html": html}).json()

        kinds = [block["type"] for block in answer["blocks"]]
        assert set(kinds) <= set(ArticleBodyBlock().child_blocks)
        assert len({block["id"] for block in answer["blocks"]}) == len(kinds)

    def test_holds_all_of_it_as_one_rich_text_too(self, editor, trial):
        html = (CLIPBOARD / WORD).read_text()
        text = json.loads(editor.post(ADDRESS, {"html": html}).json()["text"])

        lines = [block["text"] for block in text["blocks"]]
        for line in ["The first week", "Unpack", "in the garden", "Dose · When"]:
            assert line in lines

    def test_of_a_quotation_as_rich_text_has_its_words(self, editor):
        html = "<blockquote><p>It helped.</p><p>— W. Curlew</p></blockquote>"
        text = json.loads(editor.post(ADDRESS, {"html": html}).json()["text"])

        assert [block["text"] for block in text["blocks"]] == [
            "It helped.",
            "W. Curlew",
        ]

    def test_to_nothing_is_nothing(self, editor):
        answer = editor.post(ADDRESS).json()

        assert answer["blocks"] == answer["problems"] == []

    def test_to_what_cannot_be_read_says_why(self, editor):
        response = editor.post(ADDRESS, {"html": "<div>" * 400 + "deep"})

        assert response.status_code == 422
        assert "Make it flatter" in response.json()["error"]

    def test_is_for_those_who_write(self, log_in):
        assert log_in(ADMISSIONS).post(ADDRESS, {"html": "x"}).status_code == 302
