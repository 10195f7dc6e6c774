"""Question blocks, one for each kind of question."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from applications.composing import ready_made
from applications.composing.consent_block import ConsentBlock
from applications.composing.exit_block import ExitBlock
from applications.composing.file_block import FileBlock
from applications.composing.question import (
    CHOICES,
    NUMBERS,
    WORDS,
    FormQuestionBlock,
    layout,
    switch,
)
from applications.composing.route_blocks import SectionBlock, StepBlock, TextBlock

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
    ("off", _("Nothing at all: it is about somebody else")),
]


def _length(most: int, default: int) -> Any:
    return blocks.IntegerBlock(
        min_value=1,
        max_value=most,
        default=default,
        help_text=_("In characters."),
        label=_("Max length"),
    )


class ShortTextBlock(FormQuestionBlock):
    """One line of text."""

    max_length = _length(most=1000, default=200)
    autocomplete = blocks.ChoiceBlock(
        choices=AUTOCOMPLETE,
        required=False,
        default="",
        label=_("Filled in by the browser with"),
    )

    class Meta:
        icon = "title"
        label = _("Short text")
        group = WORDS
        description = _("One line, such as a name")
        preview_value = {"label": "Your full name", "required": True, "max_length": 200}
        form_layout = layout("max_length", "autocomplete")


class LongTextBlock(FormQuestionBlock):
    """Several lines of text."""

    max_length = _length(most=20_000, default=5000)

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
        form_layout = layout("max_length")


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
    unit = blocks.CharBlock(
        required=False,
        max_length=20,
        help_text=_("Shown beside the answer, such as kg."),
        label=_("Unit"),
    )
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
        form_layout = layout("unit", "minimum", "maximum", "decimals")

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        low, high = value["minimum"], value["maximum"]
        if low is not None and high is not None and low > high:
            sentence = gettext("The maximum must not be less than the minimum.")
            raise StructBlockValidationError({"maximum": ValidationError(sentence)})
        return value


class DateBlock(FormQuestionBlock):
    """A date, in three parts: day, month, year."""

    may_be_in_future = switch(_("May be in future"))
    birth_date = switch(_("Birth date"), _("Lets the browser fill it in."))
    may_be_partly_known = switch(
        _("May be partly known"), _("The year alone is enough, or month and year.")
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
        form_layout = layout("may_be_in_future", "birth_date", "may_be_partly_known")


class _ChoiceBlock(FormQuestionBlock):
    choices = blocks.ListBlock(
        blocks.CharBlock(max_length=200, label=_("Choice")), label=_("Choices")
    )

    class Meta:
        group = CHOICES
        form_layout = layout(own=("choices",))


class SingleChoiceBlock(_ChoiceBlock):
    """One of several answers."""

    class Meta:
        icon = "radio-full"
        label = _("Single choice")
        description = _("One answer of several")
        preview_value = {
            "label": "How shall we contact you?",
            "required": True,
            "choices": ["By e-mail", "By telephone", "By letter"],
        }


class MultipleChoiceBlock(_ChoiceBlock):
    """Any of several answers."""

    class Meta:
        icon = "tick-inverse"
        label = _("Multiple choice")
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


class CountryBlock(FormQuestionBlock):
    """A country, of a list."""

    class Meta:
        icon = "globe"
        label = _("Country")
        group = WORDS
        description = _("A country, chosen from a list")
        preview_value = {"label": "Which country do you live in?", "required": True}


class AddressBlock(FormQuestionBlock):
    """A postal address: two lines, town, postcode, country."""

    class Meta:
        icon = "home"
        label = _("Address")
        group = WORDS
        description = _("A postal address, which the browser can fill in")
        preview_value = {"label": "Your address", "required": True}


class ApplicationQuestionsBlock(blocks.StreamBlock):
    """The questions of an application form, in order."""

    step = StepBlock()
    section = SectionBlock()
    text = TextBlock()
    short_text = ShortTextBlock()
    long_text = LongTextBlock()
    email = EmailBlock()
    telephone = TelephoneBlock()
    number = NumberBlock()
    date = DateBlock()
    single_choice = SingleChoiceBlock()
    multiple_choice = MultipleChoiceBlock()
    yes_no = YesNoBlock()
    country = CountryBlock()
    address = AddressBlock()
    file = FileBlock()
    consent = ConsentBlock()
    exit = ExitBlock()
    carer = YesNoBlock(
        label=_("For somebody else?"), icon="group", **ready_made.SOMEBODY_ELSE
    )
    carer_name = ShortTextBlock(
        label=_("Name of the carer"), icon="user", **ready_made.CARER_NAME
    )
    carer_capacity = SingleChoiceBlock(
        label=_("Capacity of the carer"), icon="key", **ready_made.CARER_CAPACITY
    )
    adjustments = MultipleChoiceBlock(
        label=_("Adjustments"), icon="glasses", **ready_made.ADJUSTMENTS_WANTED
    )
    interpreter = ShortTextBlock(
        label=_("Interpreter"), icon="comment", **ready_made.INTERPRETER_WANTED
    )
