"""The base class of question blocks.

All of them are drawn by one template, ``applications/blocks/question.html``, as the
form itself draws them: there is no second drawing that could differ.
"""

import uuid
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from applications.applying.forms import single_question_form
from applications.definitions import frozen_question

# Groups of the picker.
WORDS = _("Answers in words")
NUMBERS = _("Numbers and dates")
CHOICES = _("Choices and consent")
ORDER = _("Order of the form")

SENSITIVITIES = [
    ("ordinary", _("Ordinary")),
    ("personal", _("Personal: identifies somebody")),
    ("health", _("Health: describes health or treatment")),
]
SHARED_SETTINGS = ["help_text", "required", "sensitivity", "reason"]


class FormQuestionBlock(blocks.StructBlock):
    """The fields that every question has."""

    label = blocks.CharBlock(
        max_length=300,
        help_text=_("The question itself, as applicants read it."),
        label=_("Label"),
    )
    help_text = blocks.CharBlock(
        required=False,
        max_length=300,
        help_text=_("How to answer, in one sentence."),
        label=_("Help text"),
    )
    required = blocks.BooleanBlock(
        required=False,
        default=True,
        help_text=_("If off, applicants may leave it empty."),
        label=_("Required"),
    )
    sensitivity = blocks.ChoiceBlock(
        choices=SENSITIVITIES, default="ordinary", label=_("Sensitivity")
    )
    reason = blocks.CharBlock(
        required=False,
        max_length=300,
        label=_("why we ask"),
        help_text=_("Shown beside the question. Health questions need it."),
    )

    class Meta:
        template = "applications/blocks/question.html"
        label_format = "{label}"

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        frozen = frozen_question(self.name, str(uuid.UUID(int=0)), self, value)
        context["form"] = single_question_form(frozen)
        return context
