"""The condition on which a question, a step or an exit is met."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

OPERATORS = [
    ("is", _("is")),
    ("is_not", _("is not")),
    ("contains", _("contains")),
    ("more", _("is more than")),
    ("less", _("is less than")),
    ("answered", _("is answered")),
]


def _pick(block: blocks.CharBlock, prompt: Promise, unknown: Promise) -> None:
    """Have the editor offer a list in place of a text field: condition-lists.js."""
    block.field.widget.attrs |= {
        "data-controller": "condition-list",
        "data-condition-list-prompt-value": prompt,
        "data-condition-list-unknown-value": unknown,
    }


class ConditionTestBlock(blocks.StructBlock):
    """One comparison with the answer to an earlier question."""

    question = blocks.CharBlock(
        max_length=1000,
        label=_("Question"),
        help_text=_("An earlier question of this form, in the same words."),
    )
    _pick(
        question, _("Choose an earlier question"), _("No earlier question: “{words}”")
    )
    operator = blocks.ChoiceBlock(choices=OPERATORS, default="is", label=_("Answer"))
    value = blocks.CharBlock(
        required=False,
        max_length=200,
        label=_("Value"),
        help_text=_(
            "A choice as it is offered, Yes or No, a number, 2026-01-31, or a country "
            "by its name or code: Portugal or PT."
        ),
    )
    _pick(value, _("Choose an answer"), _("Not offered: “{words}”"))

    class Meta:
        label_format = "{question} {operator} {value}"


class ConditionBlock(blocks.StructBlock):
    """Comparisons with earlier answers; without any it always holds."""

    join = blocks.ChoiceBlock(
        choices=[("all", _("All of these are true")), ("any", _("Any is true"))],
        default="all",
        label=_("Holds if"),
    )
    tests = blocks.ListBlock(
        ConditionTestBlock(label=_("Comparison")), default=[], label=_("Comparisons")
    )

    class Meta:
        icon = "tasks"
        label = _("Only if")
        collapsed = True
