"""Numbers of citations: pure functions, no database."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.citing.numbering import Citation, cited, marker, number, ranges

A, B, C, D = 10, 20, 30, 40
EVERYTHING = {pk: pk for pk in range(1000)}


def text_of(html):
    """The words a reader sees."""
    return re.sub(r"<[^>]+>", "", html)


def numbered(*parts, known=EVERYTHING):
    """Number text, ids and (id, locator) pairs; return what a reader sees."""
    html = "".join(map(mark, parts))
    return text_of(number(html, known).html).replace("\N{EN DASH}", " to ")


def mark(part):
    if isinstance(part, str):
        return part
    return marker(*part) if isinstance(part, tuple) else marker(part)


@pytest.mark.parametrize(
    ("parts", "printed"),
    [
        (["x", A, " y", B, " z", A], "x[1] y[2] z[1]"),
        ([C, "-", A, "-", C, A, B], "[1]-[2]-[1 to 3]"),
        ([C, "-", A, "-", A, C], "[1]-[2]-[1, 2]"),
        ([A, B], "[1, 2]"),
        ([A, B, C], "[1 to 3]"),
        ([A, B, C, "-", D, "-", A, C, D], "[1 to 3]-[4]-[1, 3, 4]"),
        ([A, " \n", B, "&nbsp;", C, "\xa0", D], "[1 to 4]"),
        ([A, ".", B], "[1].[2]"),
        ([A, A, A], "[1]"),
        ([(A, "p. 4"), (A, "p. 4")], "[1, p. 4]"),
        ([(A, "p. 14"), (A, "p. 2")], "[1, p. 14; 1, p. 2]"),
        ([(A, "p. 4"), B], "[1, p. 4; 2]"),
        ([A, (B, "p. 4"), C], "[1; 2, p. 4; 3]"),
        ([(A, "p. 9"), A, B, C], "[1; 1, p. 9; 2; 3]"),
        ([], ""),
    ],
)
def test_groups_are_sorted_and_shortened(parts, printed):
    assert numbered(*parts) == printed


def test_a_long_gap_in_a_text_takes_no_longer_than_its_length():
    begun = time.process_time()

    number(f"a{' ' * 40_000}b", {})

    assert time.process_time() - begun < 5  # of quadratic time, twenty


def test_a_citation_of_nothing_known_is_a_question_mark_and_takes_no_number():
    assert numbered(A, "-", B, "-", A, B, known={B: B}) == "[?]-[1]-[1, ?]"


def test_a_group_links_to_its_references_and_can_be_linked_to():
    html = number(marker(A) + marker(B, "p. 4"), EVERYTHING).html

    assert html == (
        '<sup class="citation" id="cite-1">['
        '<a href="#reference-1" aria-label="Reference 1">1</a>; '
        '<a href="#reference-2" aria-label="Reference 2, p. 4">2, p. 4</a>]</sup>'
    )


def test_places_are_the_groups_that_cite_each_reference():
    html = f"{marker(A)}{marker(B)}{marker(C)} x {marker(B)}{marker(B, 'p. 1')}"

    assert number(html, EVERYTHING).places == {A: [1], B: [1, 2], C: [1]}


@pytest.mark.parametrize(
    "forged",
    [
        "<!--cite x p-->",
        "<!--cite 1-->",
        "<!--cite 1 <b>-->",
        "<!--cite \N{ARABIC-INDIC DIGIT ONE} -->",
        "<!--cite -1 -->",
    ],
)
def test_a_comment_that_is_no_marker_stays_a_comment(forged):
    assert number(forged, EVERYTHING).html == forged


@given(st.text(max_size=80))
def test_any_locator_survives_in_a_marker_that_nothing_ends_early(locator):
    html = marker(A, locator)

    assert cited(f"x{html}y") == [Citation(A, locator)]
    assert html.count("-->") == 1
    assert "--" not in html[4:-3]


@given(st.text(max_size=40))
def test_a_locator_is_escaped_in_the_page(locator):
    html = number(marker(A, f"<script>{locator}\"'>"), EVERYTHING).html

    assert "<script" not in html
    assert re.fullmatch(
        r'<sup class="citation" id="cite-1">\[<a href="#reference-1" '
        r'aria-label="[^"<>]*">[^<>]*</a>\]</sup>',
        html,
    )


TEXTS = st.lists(
    st.one_of(st.integers(1, 9), st.sampled_from(["words", " ", "&nbsp;"]))
)


@given(TEXTS)
def test_numbers_follow_the_order_of_first_appearance(parts):
    html = "".join(map(mark, parts))

    places = number(html, EVERYTHING).places

    assert list(places) == list(dict.fromkeys(p for p in parts if isinstance(p, int)))


@given(TEXTS)
def test_every_place_exists_and_every_link_leads_to_a_number(parts):
    html = "".join(map(mark, parts))

    result = number(html, EVERYTHING)

    ids = {int(n) for n in re.findall(r'id="cite-(\d+)"', result.html)}
    assert {place for places in result.places.values() for place in places} == ids
    links = {int(n) for n in re.findall(r'href="#reference-(\d+)"', result.html)}
    assert links <= set(range(1, len(result.places) + 1))
    assert "<!--" not in result.html


@given(st.sets(st.integers(1, 40)))
def test_a_range_hides_no_number_but_its_own(numbers):
    parts = ranges((n, "") for n in sorted(numbers))

    assert [n for part in parts for n, _ in part] == sorted(numbers)
    assert all(len(part) != 2 for part in parts)
    assert all(part[-1][0] - part[0][0] == len(part) - 1 for part in parts)


def test_a_work_cited_under_two_ids_has_one_number():
    same = {A: A, B: A, C: C}

    assert numbered(A, "-", B, "-", C, "-", A, B, known=same) == "[1]-[1]-[2]-[1]"
    assert number(marker(B) + " x " + marker(A), same).places == {A: [1, 2]}
