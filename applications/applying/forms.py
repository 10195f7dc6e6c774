"""The form that applicants fill in, built from a frozen definition."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from applications.applying.form_fields import missing
from applications.applying.makers import field_for
from applications.definitions import FURNITURE, SECTION, STEP, TEXT

# A field that people neither see nor reach. What fills it in is no person.
HONEYPOT = "homepage"
TOKEN = "form_token"  # noqa: S105  (a field's name)
FIELD_PREFIX = "q-"
ASKED = "asked"  # names the questions that a step showed


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
            "unit": self.unit,
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
            error if label in error or error == missing(label) else f"{start} {error}"
            for error in map(str, self.errors)
        ]

    @property
    def unit(self) -> str:
        return self.question.get("unit", "")

    @property
    def first_input_id(self) -> str:
        """The id of the input that the error summary links to."""
        if isinstance(self.field.widget, forms.RadioSelect):
            return f"{self.auto_id}_0"
        return self.id_for_label


class ExplanatoryText:
    """A text between questions, drawn where a field would be."""

    def __init__(self, item: dict[str, Any]) -> None:
        self.question = item

    def as_field_group(self) -> SafeString:
        context = {"text": self.question["text"]}
        return render_to_string("applications/forms/text.html", context)


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
            if question["kind"] not in FURNITURE:
                self.fields[field_name(question)] = field_for(question)

    def add_error(self, field: str | None, error: Any) -> None:
        """Say what is wrong in the editor's words, where there are any."""
        question = self.fields[field].question if field else {}  # type: ignore[attr-defined]
        is_missing = getattr(error, "code", "") == "required"
        name = "missing_words" if is_missing else "mistake_words"
        super().add_error(field, question.get(name) or error)

    @cached_property
    def sections(self) -> list[dict[str, Any]]:
        return self.sections_of(self.content["questions"])

    def sections_of(self, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return parts: ``{"title", "introduction", "fields"}``, the first untitled.

        Args:
            items: Some of the definition's, in order.
        """
        sections: list[dict[str, Any]] = [
            {"title": "", "introduction": "", "fields": []}
        ]
        for item in items:
            if item["kind"] in {SECTION, STEP}:
                sections.append({**item, "fields": []})
            elif item["kind"] == TEXT:
                sections[-1]["fields"].append(ExplanatoryText(item))
            elif item["kind"] not in FURNITURE:
                sections[-1]["fields"].append(self[field_name(item)])
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
