"""Makes the form field of each kind of question."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext

from applications.applying import dates, form_fields, places
from applications.uploads.field import FilesField

NAME_CHARACTERS = 100  # of a question in a sentence
# What the key that ends a line says on a telephone's keyboard.
NEXT = {"enterkeyhint": "next"}


def field_for(question: dict[str, Any]) -> forms.Field:
    """Return the form field that asks a frozen question."""
    field = _MAKERS[question["kind"]](
        question,
        {
            "label": Truncator(question["label"]).chars(NAME_CHARACTERS),
            "required": question["required"],
        },
    )
    field.question = question  # type: ignore[attr-defined]
    return field


Maker = Callable[[Mapping[str, Any], dict[str, Any]], forms.Field]


def _short_text(question: Mapping[str, Any], shared: dict[str, Any]) -> forms.Field:
    attrs = NEXT | (
        {"autocomplete": question["autocomplete"]} if question["autocomplete"] else {}
    )
    widget = forms.TextInput(attrs)
    return form_fields.TextField(
        characters=question["max_length"] or 200, widget=widget, **shared
    )


def _long_text(question: Mapping[str, Any], shared: dict[str, Any]) -> forms.Field:
    return form_fields.TextField(
        characters=question["max_length"] or 5000,
        widget=forms.Textarea({"rows": 6}),
        **shared,
    )


def _email(question: Mapping[str, Any], shared: dict[str, Any]) -> forms.Field:
    widget = forms.EmailInput(NEXT | {"autocomplete": "email", "spellcheck": "false"})
    return form_fields.EmailField(
        characters=form_fields.EMAIL_CHARACTERS, widget=widget, **shared
    )


def _telephone(question: Mapping[str, Any], shared: dict[str, Any]) -> forms.Field:
    widget = forms.TextInput(
        NEXT | {"type": "tel", "autocomplete": "tel", "data-width": "medium"}
    )
    return form_fields.TelephoneField(characters=40, widget=widget, **shared)


def _number(question: Mapping[str, Any], shared: dict[str, Any]) -> forms.Field:
    decimals = question["decimals"] or 0
    mode = "decimal" if decimals else "numeric"
    return form_fields.NumberField(
        minimum=question["minimum"],
        maximum=question["maximum"],
        decimals=decimals,
        widget=forms.TextInput(NEXT | {"inputmode": mode, "data-width": "short"}),
        **shared,
    )


def _date(question: Mapping[str, Any], shared: dict[str, Any]) -> forms.Field:
    return dates.DateField(
        may_be_in_future=question["may_be_in_future"],
        birth_date=question["birth_date"],
        may_be_partly_known=question.get("may_be_partly_known", False),
        **shared,
    )


def _options(question: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(choice, choice) for choice in question["choices"]]


def _single_choice(question: Mapping[str, Any], shared: dict[str, Any]) -> forms.Field:
    return form_fields.ChoiceField(choices=_options(question), **shared)


def _multiple_choice(
    question: Mapping[str, Any], shared: dict[str, Any]
) -> forms.Field:
    return form_fields.MultipleChoiceField(choices=_options(question), **shared)


def _yes_no(question: Mapping[str, Any], shared: dict[str, Any]) -> forms.Field:
    return form_fields.ChoiceField(
        choices=[("Yes", gettext("Yes")), ("No", gettext("No"))], **shared
    )


def _country(question: Mapping[str, Any], shared: dict[str, Any]) -> forms.Field:
    return places.CountryField(**shared)


def _address(question: Mapping[str, Any], shared: dict[str, Any]) -> forms.Field:
    return places.AddressField(**shared)


def _file(question: Mapping[str, Any], shared: dict[str, Any]) -> forms.Field:
    return FilesField(
        files=question["most_files"],
        megabytes=question["most_megabytes"],
        may_bring=question["may_bring"],
        **shared,
    )


def _consent(question: Mapping[str, Any], shared: dict[str, Any]) -> forms.Field:
    return form_fields.ConsentField(**shared)


_MAKERS: dict[str, Maker] = {
    "short_text": _short_text,
    "long_text": _long_text,
    "email": _email,
    "telephone": _telephone,
    "number": _number,
    "date": _date,
    "single_choice": _single_choice,
    "multiple_choice": _multiple_choice,
    "yes_no": _yes_no,
    "country": _country,
    "address": _address,
    "file": _file,
    "consent": _consent,
}
