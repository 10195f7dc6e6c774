"""The form that applicants fill in, built from a frozen definition."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext

from applications.applying import form_fields
from applications.definitions import SECTION

# A field that people neither see nor reach. What fills it in is no person.
HONEYPOT = "homepage"
TOKEN = "form_token"  # noqa: S105  (a field's name)
FIELD_PREFIX = "q-"
NAME_CHARACTERS = 100  # of a question in a sentence


class QuestionRenderer(DjangoTemplates):
    field_template_name = "applications/forms/question.html"


class QuestionBoundField(BoundField):
    """A bound field with the ids of its reason, hint and error message."""

    @property
    def question(self) -> dict[str, Any]:
        """The question as it was frozen."""
        return self.field.question  # type: ignore[attr-defined]

    @property
    def aria_describedby(self) -> str | None:
        parts = {
            "reason": self.question["reason"],
            "hint": self.question["help_text"],
            "error": self.errors,
        }
        ids = [f"{self.auto_id}-{part}" for part, content in parts.items() if content]
        return " ".join(ids) or None

    @property
    def summary(self) -> list[str]:
        """The errors in sentences that name the question."""
        label = str(self.label)
        start = label if label.endswith((".", "?", "!", "…")) else f"{label}:"
        return [
            error if label in error else f"{start} {error}"
            for error in map(str, self.errors)
        ]

    @property
    def first_input_id(self) -> str:
        """The id of the input that the error summary links to."""
        if isinstance(self.field.widget, forms.RadioSelect):
            return f"{self.auto_id}_0"
        return self.id_for_label


class ApplicationForm(forms.Form):
    """Asks the questions of one definition.

    Args:
        content: What `applications.definitions.frozen` makes.
        data: What was posted. What no question asked for is left out.
    """

    default_renderer = QuestionRenderer
    bound_field_class = QuestionBoundField
    use_required_attribute = False

    def __init__(self, content: dict[str, Any], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.content = content
        for question in content["questions"]:
            if question["kind"] != SECTION:
                self.fields[field_name(question)] = _field(question)

    @cached_property
    def sections(self) -> list[dict[str, Any]]:
        """The parts: ``{"title", "introduction", "fields"}``, the first untitled."""
        sections: list[dict[str, Any]] = [
            {"title": "", "introduction": "", "fields": []}
        ]
        for question in self.content["questions"]:
            if question["kind"] == SECTION:
                sections.append({**question, "fields": []})
            else:
                sections[-1]["fields"].append(self[field_name(question)])
        return [
            section for section in sections if section["title"] or section["fields"]
        ]

    @property
    def answers(self) -> dict[str, Any]:
        """The answers of a valid form, by question id."""
        return {
            field.question["id"]: self.cleaned_data[name]  # type: ignore[attr-defined]
            for name, field in self.fields.items()
        }


def field_name(question: dict[str, Any]) -> str:
    return f"{FIELD_PREFIX}{question['id']}"


def single_question_form(question: dict[str, Any]) -> ApplicationForm:
    """Return a form of one question, for its preview."""
    return ApplicationForm({"questions": [question]})


def _field(question: dict[str, Any]) -> forms.Field:
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
    attrs = (
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
    widget = forms.EmailInput({"autocomplete": "email", "spellcheck": "false"})
    return form_fields.EmailField(
        characters=form_fields.EMAIL_CHARACTERS, widget=widget, **shared
    )


def _telephone(question: Mapping[str, Any], shared: dict[str, Any]) -> forms.Field:
    widget = forms.TextInput(
        {"type": "tel", "autocomplete": "tel", "data-width": "medium"}
    )
    return form_fields.TelephoneField(characters=40, widget=widget, **shared)


def _number(question: Mapping[str, Any], shared: dict[str, Any]) -> forms.Field:
    decimals = question["decimals"] or 0
    mode = "decimal" if decimals else "numeric"
    return form_fields.NumberField(
        minimum=question["minimum"],
        maximum=question["maximum"],
        decimals=decimals,
        widget=forms.TextInput({"inputmode": mode, "data-width": "short"}),
        **shared,
    )


def _date(question: Mapping[str, Any], shared: dict[str, Any]) -> forms.Field:
    return form_fields.DateField(
        may_be_in_future=question["may_be_in_future"],
        birth_date=question["birth_date"],
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
    "consent": _consent,
}
