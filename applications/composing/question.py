"""The base class of question blocks.

All of them are drawn by one template, ``applications/blocks/question.html``, as the
form itself draws them: there is no second drawing that could differ.
"""

import uuid
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from applications.applying.forms import single_question_form
from applications.composing.condition_blocks import ConditionBlock
from applications.definitions import frozen_question, kind_of

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


def layout(
    *settings: str,
    own: tuple[str, ...] = (),
    words: tuple[str, ...] = ("missing_words", "mistake_words"),
) -> BlockGroup:
    """Return the order of a question's fields.

    Args:
        settings: The kind's own settings, under a fold.
        own: What every question of the kind must say, below its label.
        words: Those for mistakes that the kind has.
    """
    return BlockGroup(
        children=["label", *own, *SHARED_SETTINGS],
        settings=[*settings, *words, "condition"],
    )


def switch(label: Promise, help_text: Promise | str = "", default: bool = False) -> Any:
    """Return a block for a box to tick."""
    return blocks.BooleanBlock(
        required=False, default=default, label=label, **_helped(help_text)
    )


def sentence(length: int, label: Promise, help_text: Promise | str) -> Any:
    """Return a block for a line that may stay empty."""
    return blocks.CharBlock(
        required=False, max_length=length, label=label, help_text=help_text
    )


def _helped(help_text: Promise | str) -> dict[str, Any]:
    return {"help_text": help_text} if help_text else {}


class FormQuestionBlock(blocks.StructBlock):
    """The fields that every question has."""

    label = blocks.CharBlock(
        max_length=300,
        help_text=_("The question itself, as applicants read it."),
        label=_("Label"),
    )
    help_text = sentence(300, _("Help text"), _("How to answer, in one sentence."))
    required = switch(
        _("Required"), _("If off, applicants may leave it empty."), default=True
    )
    sensitivity = blocks.ChoiceBlock(
        choices=SENSITIVITIES, default="ordinary", label=_("Sensitivity")
    )
    reason = sentence(
        300, _("Why we ask"), _("Shown beside the question. Health questions need it.")
    )
    missing_words = sentence(
        200,
        _("Words when it is left empty"),
        _("Such as: Enter your full name. A sentence of ours if empty."),
    )
    mistake_words = sentence(
        200,
        _("Words when the answer cannot be right"),
        _("Say what to do. A sentence of ours if empty."),
    )
    condition = ConditionBlock()

    class Meta:
        template = "applications/blocks/question.html"
        label_format = "{label}"
        form_layout = layout()

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        frozen = frozen_question(kind_of(self), str(uuid.UUID(int=0)), self, value)
        context["form"] = single_question_form(frozen)
        return context
