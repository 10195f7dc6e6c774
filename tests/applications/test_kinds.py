"""Each kind of question with its best and its worst values."""

import json
import uuid

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from applications.applying.forms import field_name
from applications.applying.steps.route import Route, read_posted, steps_of
from applications.applying.wording import answer_texts
from applications.countries import countries, country_code
from tests.helpers.factories_applications import LABELS, MORE

BARE = {
    "label": "",
    "help_text": "",
    "reason": "",
    "required": True,
    "sensitivity": "ordinary",
    "autocomplete": "",
    "max_length": 200,
    "minimum": None,
    "maximum": None,
    "decimals": 0,
    "may_be_in_future": False,
    "birth_date": False,
    "choices": ["Far", "Not far"],
}
KINDS = [*LABELS, "country", "address"]


def asked(kind, **more):
    """Return a frozen definition of one question."""
    value = BARE | {"label": LABELS.get(kind, "Where?")} | MORE.get(kind, {}) | more
    return {"questions": [{**value, "kind": kind, "id": str(uuid.UUID(int=1))}]}


def given_to(content, typed):
    """Return what is kept of an answer, and what is wrong with it."""
    [question] = content["questions"]
    route = Route(content, {question["id"]: typed})
    mistakes = route.form.errors.get(field_name(question), [])
    return route.answers[question["id"]], "".join(mistakes)


@pytest.mark.parametrize(
    ("kind", "more", "typed", "kept", "shown"),
    [
        ("country", {}, "PT", "PT", ["Portugal"]),
        (
            "address",
            {},
            [" 12 Quay  Street", "", "Marram", "", "PT"],
            ["12 Quay Street", "", "Marram", "", "PT"],
            ["12 Quay Street", "Marram", "Portugal"],
        ),
        ("address", {"required": False}, ["", "", "", "", ""], [], []),
        ("number", {"unit": "kg", "minimum": None}, "70", "70", ["70 kg"]),
        ("date", {"may_be_partly_known": True}, ["", "", "1999"], "1999", ["1999"]),
        ("date", {"may_be_partly_known": True}, ["", "3", "1999"], "1999-03", None),
        ("date", {"may_be_partly_known": True}, ["7", "3", "1999"], "1999-03-07", None),
    ],
)
def test_a_good_answer_is_kept(kind, more, typed, kept, shown):
    content = asked(kind, **more)

    assert given_to(content, typed) == (kept, "")
    assert answer_texts(content["questions"][0], kept) == (
        [kept] if shown is None else shown
    )


@pytest.mark.parametrize(
    ("kind", "more", "typed", "sentence"),
    [
        ("country", {}, "", "Choose a country for “Where?”"),
        ("country", {}, "ZZ", "Choose a country from the list."),
        ("address", {}, ["", "", "", "", ""], "Answer “Where?”"),
        ("address", {}, ["12 Quay Street", "", "", "", "PT"], "Fill in “Town or city”"),
        ("address", {}, ["x" * 201, "", "M", "", "PT"], "Shorten “Address line 1”"),
        ("address", {}, ["a\0", "", "M", "", "PT"], "Shorten “Address line 1”"),
        ("address", {}, ["12", "", "Marram", "", "ZZ"], "Choose a country from"),
        ("date", {"may_be_partly_known": True}, ["7", "", "1999"], "in digits"),
        ("date", {"may_be_partly_known": True}, ["", "13", "1999"], "does not exist"),
        ("date", {"may_be_partly_known": True}, ["", "3", ""], "in digits"),
        ("date", {}, ["", "3", "1999"], "in digits"),
    ],
)
def test_a_wrong_answer_is_told_in_a_sentence(kind, more, typed, sentence):
    answer, mistake = given_to(asked(kind, **more), typed)

    assert answer is None
    assert sentence in mistake


class TestCountries:
    @pytest.mark.parametrize(
        ("language", "some"),
        [
            ("en-gb", ["Afghanistan", "Åland Islands", "Albania", "Algeria"]),
            ("de", ["Ägypten", "Ålandinseln", "Albanien", "Algerien"]),
            ("de-at", ["Oman", "Österreich", "Pakistan"]),
            ("fr", ["Afghanistan", "Åland Islands"]),
        ],
    )
    def test_are_listed_whole_and_in_the_order_of_the_language(self, language, some):
        with translation.override(language):
            listed = countries()

        places = [
            list(listed.values()).index(name)
            for name in some
            if name in listed.values()
        ]
        assert places == sorted(places)
        assert len(set(listed.values())) == len(listed) == 249

    def test_have_the_same_codes_in_every_language(self):
        codes = []
        for language in ("en", "de"):
            with translation.override(language):
                codes.append(set(countries()))

        assert codes[0] == codes[1]

    @pytest.mark.parametrize(
        ("typed", "code"),
        [
            (" österreich ", "AT"),
            ("AUSTRIA", "AT"),
            ("at", "AT"),
            ("Vereinigtes  Königreich", "GB"),
            ("Nowhere", ""),
            ("", ""),
        ],
    )
    def test_are_found_by_their_names_in_any_language(self, typed, code):
        assert country_code(typed) == code

    def test_are_named_in_the_language_of_the_page(self):
        with translation.override("de"):
            route = Route(asked("country"), {str(uuid.UUID(int=1)): "AT"})
            [field] = route.form
            drawn = str(field)
            said = answer_texts(route.content["questions"][0], "AT")

        assert '<option value="AT" selected>Österreich</option>' in drawn
        assert said == ["Österreich"]


TEXTS = st.text(max_size=40) | st.sampled_from(
    ["=cmd()", "<script>", "a\0b", "\ud800", "😀" * 200, "9" * 400, "-", "1e9", "on"]
)
TYPED = TEXTS | st.booleans() | st.none() | st.lists(TEXTS | st.none(), max_size=9)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(KINDS), TYPED)
def test_whatever_was_typed_can_be_kept_checked_and_drawn(kind, typed):
    content = asked(kind)
    route = Route(content, json.loads(json.dumps({str(uuid.UUID(int=1)): typed})))
    [field] = list(route.form)

    assert field.as_field_group()
    answer = route.answers[str(uuid.UUID(int=1))]
    if answer is not None:
        json.dumps(answer)
        answer_texts(content["questions"][0], answer)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(KINDS), st.lists(TEXTS, max_size=4))
def test_what_is_kept_is_typed_again_as_it_was(kind, texts):
    content = asked(kind)
    [step] = steps_of(content)
    name = field_name(content["questions"][0])
    form = Route(content, {}).form
    posted = form.data.copy()
    for suffix in ("", "_day", "_0"):
        posted.setlist(f"{name}{suffix}", texts)

    first = read_posted(step, form, posted, {str(uuid.UUID(int=1))})
    again = read_posted(
        step, form, Route(content, first).form.data, {str(uuid.UUID(int=1))}
    )

    def filled(typed):
        value = typed[str(uuid.UUID(int=1))]
        return (
            [each or "" for each in value] if isinstance(value, list) else value or ""
        )

    assert filled(again) == filled(first)
