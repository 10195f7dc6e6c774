"""Question blocks, one for each kind of question."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup, StructBlockValidationError

from applications.composing.question import (
    CHOICES,
    NUMBERS,
    ORDER,
    SHARED_SETTINGS,
    WORDS,
    FormQuestionBlock,
)
from core.blocks.prose import PLAIN, ProseBlock

# Tokens by which a browser fills in what it knows: https://html.spec.whatwg.org/#autofill
AUTOCOMPLETE = [
    ("", _("Nothing")),
    ("name", _("Full name")),
    ("given-name", _("First name")),
    ("family-name", _("Last name")),
    ("street-address", _("Street address")),
    ("address-level2", _("Town")),
    ("postal-code", _("Postcode")),
    ("country-name", _("Country")),
]


class ShortTextBlock(FormQuestionBlock):
    """One line of text."""

    max_length = blocks.IntegerBlock(
        min_value=1,
        max_value=1000,
        default=200,
        help_text=_("In characters."),
        label=_("Max length"),
    )
    autocomplete = blocks.ChoiceBlock(
        choices=AUTOCOMPLETE,
        required=False,
        default="",
        label=_("filled in by the browser with"),
    )

    class Meta:
        icon = "title"
        label = _("Short text")
        group = WORDS
        description = _("One line, such as a name")
        preview_value = {"label": "Your full name", "required": True, "max_length": 200}
        form_layout = BlockGroup(
            children=["label", *SHARED_SETTINGS],
            settings=["max_length", "autocomplete"],
        )


class LongTextBlock(FormQuestionBlock):
    """Several lines of text."""

    max_length = blocks.IntegerBlock(
        min_value=1,
        max_value=20_000,
        default=5000,
        help_text=_("In characters."),
        label=_("Max length"),
    )

    class Meta:
        icon = "pilcrow"
        label = _("Long text")
        group = WORDS
        description = _("An answer of several lines")
        preview_value = {
            "label": "What do you hope for?",
            "help_text": "In your own words.",
            "sensitivity": "health",
            "reason": "So that we can tell you honestly what is possible.",
            "max_length": 5000,
        }
        form_layout = BlockGroup(
            children=["label", *SHARED_SETTINGS], settings=["max_length"]
        )


class EmailBlock(FormQuestionBlock):
    """An e-mail address."""

    class Meta:
        icon = "mail"
        label = _("E-mail address")
        group = WORDS
        description = _("An e-mail address, with a check of its format")
        preview_value = {"label": "E-mail address", "required": True}


class TelephoneBlock(FormQuestionBlock):
    """A telephone number."""

    class Meta:
        icon = "mobile-alt"
        label = _("Telephone number")
        group = WORDS
        description = _("A telephone number from any country")
        preview_value = {
            "label": "Telephone number",
            "help_text": "With the country code if you live abroad.",
        }


class NumberBlock(FormQuestionBlock):
    """A number, within limits."""

    minimum = blocks.DecimalBlock(required=False, label=_("Minimum"))
    maximum = blocks.DecimalBlock(required=False, label=_("Maximum"))
    decimals = blocks.IntegerBlock(
        min_value=0,
        max_value=6,
        default=0,
        help_text=_("Digits after the decimal point; 0 for whole numbers."),
        label=_("Decimals"),
    )

    class Meta:
        icon = "order"
        label = _("Number")
        group = NUMBERS
        description = _("A whole number or one with decimals, within limits")
        preview_value = {"label": "In which year were you diagnosed?", "decimals": 0}
        form_layout = BlockGroup(
            children=["label", *SHARED_SETTINGS],
            settings=["minimum", "maximum", "decimals"],
        )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        low, high = value["minimum"], value["maximum"]
        if low is not None and high is not None and low > high:
            sentence = gettext("The maximum must not be less than the minimum.")
            raise StructBlockValidationError({"maximum": ValidationError(sentence)})
        return value


class DateBlock(FormQuestionBlock):
    """A date, in three parts: day, month, year."""

    may_be_in_future = blocks.BooleanBlock(
        required=False, default=False, label=_("May be in future")
    )
    birth_date = blocks.BooleanBlock(
        required=False,
        default=False,
        help_text=_("Lets the browser fill it in."),
        label=_("Birth date"),
    )

    class Meta:
        icon = "date"
        label = _("Date")
        group = NUMBERS
        description = _("A day, a month and a year")
        preview_value = {
            "label": "Date of birth",
            "help_text": "For example 27 3 1974.",
        }
        form_layout = BlockGroup(
            children=["label", *SHARED_SETTINGS],
            settings=["may_be_in_future", "birth_date"],
        )


class SingleChoiceBlock(FormQuestionBlock):
    """One of several answers."""

    choices = blocks.ListBlock(blocks.CharBlock(max_length=200), label=_("Choices"))

    class Meta:
        icon = "radio-full"
        label = _("Single choice")
        group = CHOICES
        description = _("One answer of several")
        preview_value = {
            "label": "How shall we contact you?",
            "required": True,
            "choices": ["By e-mail", "By telephone", "By letter"],
        }


class MultipleChoiceBlock(FormQuestionBlock):
    """Any of several answers."""

    choices = blocks.ListBlock(blocks.CharBlock(max_length=200), label=_("Choices"))

    class Meta:
        icon = "tick-inverse"
        label = _("Multiple choice")
        group = CHOICES
        description = _("Any number of answers")
        preview_value = {
            "label": "Does any of these apply to you?",
            "help_text": "Tick all that do.",
            "choices": ["I take a blood thinner", "I have an infection"],
        }


class YesNoBlock(FormQuestionBlock):
    """Yes or no."""

    class Meta:
        icon = "help"
        label = _("Yes or no")
        group = CHOICES
        description = _("A question that is answered with yes or no")
        preview_value = {"label": "Have you applied before?", "required": True}


class ConsentBlock(FormQuestionBlock):
    """One agreement, to one purpose, never ticked beforehand."""

    label = blocks.TextBlock(
        max_length=1000,
        rows=2,
        help_text=_("The agreement, beginning with “I agree”. One purpose only."),
        label=_("Label"),
    )

    class Meta:
        icon = "check"
        label = _("Consent")
        group = CHOICES
        description = _(
            "A box to tick for one agreement; its wording is kept with the answer"
        )
        preview_value = {
            "label": "I agree that the clinic reads my health details.",
            "required": True,
        }


class SectionBlock(blocks.StructBlock):
    """A heading between questions."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    introduction = ProseBlock(features=PLAIN, required=False, label=_("Introduction"))

    class Meta:
        icon = "list-ul"
        label = _("Section")
        group = ORDER
        template = "applications/blocks/section.html"
        label_format = "{title}"
        description = _("Begins a new part of the form")
        preview_value = {
            "title": "Your health",
            "introduction": "<p>Answer as exactly as you can.</p>",
        }


class ApplicationQuestionsBlock(blocks.StreamBlock):
    """The questions of an application form, in order."""

    section = SectionBlock()
    short_text = ShortTextBlock()
    long_text = LongTextBlock()
    email = EmailBlock()
    telephone = TelephoneBlock()
    number = NumberBlock()
    date = DateBlock()
    single_choice = SingleChoiceBlock()
    multiple_choice = MultipleChoiceBlock()
    yes_no = YesNoBlock()
    consent = ConsentBlock()
