"""What an application form asks: one block a kind of question.

All of them are drawn by one template, ``applications/blocks/question.html``, as the
form itself draws them: there is no second drawing that could differ.
"""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup, StructBlockValidationError

from applications.definitions import frozen_question
from applications.forms import single_question_form
from core.blocks.prose import PLAIN, ProseBlock

WORDS = "Answers in words"
NUMBERS = "Numbers and dates"
CHOICES = "Choices and consent"
ORDER = "Order of the form"

SENSITIVITIES = [
    ("ordinary", "Ordinary"),
    ("personal", "Personal: tells who somebody is"),
    ("health", "Health: tells how somebody is"),
]
# Tokens by which a browser fills in what it knows: https://html.spec.whatwg.org/#autofill
AUTOCOMPLETE = [
    ("", "Nothing"),
    ("name", "Full name"),
    ("given-name", "First name"),
    ("family-name", "Last name"),
    ("street-address", "Street address"),
    ("address-level2", "Town"),
    ("postal-code", "Postcode"),
    ("country-name", "Country"),
]
_SHARED_SETTINGS = ["help_text", "required", "sensitivity", "reason"]


class FormQuestionBlock(blocks.StructBlock):
    """What all questions have."""

    label = blocks.CharBlock(
        max_length=300, help_text="The question itself, as applicants read it."
    )
    help_text = blocks.CharBlock(
        required=False, max_length=300, help_text="How to answer, in one sentence."
    )
    required = blocks.BooleanBlock(
        required=False, default=True, help_text="Off: applicants may leave it empty."
    )
    sensitivity = blocks.ChoiceBlock(choices=SENSITIVITIES, default="ordinary")
    reason = blocks.CharBlock(
        required=False,
        max_length=300,
        label="why we ask",
        help_text="Shown beside the question. Health questions need it.",
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


class ShortTextBlock(FormQuestionBlock):
    """One line of text."""

    max_length = blocks.IntegerBlock(
        min_value=1, max_value=1000, default=200, help_text="In characters."
    )
    autocomplete = blocks.ChoiceBlock(
        choices=AUTOCOMPLETE,
        required=False,
        default="",
        label="filled in by the browser with",
    )

    class Meta:
        icon = "title"
        group = WORDS
        description = "One line, such as a name"
        preview_value = {"label": "Your full name", "required": True, "max_length": 200}
        form_layout = BlockGroup(
            children=["label", *_SHARED_SETTINGS],
            settings=["max_length", "autocomplete"],
        )


class LongTextBlock(FormQuestionBlock):
    """Several lines of text."""

    max_length = blocks.IntegerBlock(
        min_value=1, max_value=20_000, default=5000, help_text="In characters."
    )

    class Meta:
        icon = "pilcrow"
        group = WORDS
        description = "An answer of several lines"
        preview_value = {
            "label": "What do you hope for?",
            "help_text": "In your own words.",
            "sensitivity": "health",
            "reason": "So that we can tell you honestly what is possible.",
            "max_length": 5000,
        }
        form_layout = BlockGroup(
            children=["label", *_SHARED_SETTINGS], settings=["max_length"]
        )


class EmailBlock(FormQuestionBlock):
    """An e-mail address."""

    class Meta:
        icon = "mail"
        label = "E-mail address"
        group = WORDS
        description = "An e-mail address, checked for its form"
        preview_value = {"label": "E-mail address", "required": True}


class TelephoneBlock(FormQuestionBlock):
    """A telephone number."""

    class Meta:
        icon = "mobile-alt"
        label = "Telephone number"
        group = WORDS
        description = "A telephone number of any country"
        preview_value = {
            "label": "Telephone number",
            "help_text": "With the country code if you live abroad.",
        }


class NumberBlock(FormQuestionBlock):
    """A number, within limits."""

    minimum = blocks.DecimalBlock(required=False)
    maximum = blocks.DecimalBlock(required=False)
    decimals = blocks.IntegerBlock(
        min_value=0,
        max_value=6,
        default=0,
        help_text="Digits after the point; 0: whole.",
    )

    class Meta:
        icon = "order"
        group = NUMBERS
        description = "A whole number or one with decimals, within limits"
        preview_value = {"label": "In which year were you diagnosed?", "decimals": 0}
        form_layout = BlockGroup(
            children=["label", *_SHARED_SETTINGS],
            settings=["minimum", "maximum", "decimals"],
        )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        low, high = value["minimum"], value["maximum"]
        if low is not None and high is not None and low > high:
            sentence = "The maximum must not be less than the minimum."
            raise StructBlockValidationError({"maximum": ValidationError(sentence)})
        return value


class DateBlock(FormQuestionBlock):
    """A date, in three parts: day, month, year."""

    may_be_in_future = blocks.BooleanBlock(required=False, default=False)
    birth_date = blocks.BooleanBlock(
        required=False, default=False, help_text="Lets the browser fill it in."
    )

    class Meta:
        icon = "date"
        group = NUMBERS
        description = "A day, a month and a year"
        preview_value = {
            "label": "Date of birth",
            "help_text": "For example 27 3 1974.",
        }
        form_layout = BlockGroup(
            children=["label", *_SHARED_SETTINGS],
            settings=["may_be_in_future", "birth_date"],
        )


class SingleChoiceBlock(FormQuestionBlock):
    """One of several answers."""

    choices = blocks.ListBlock(blocks.CharBlock(max_length=200))

    class Meta:
        icon = "radio-full"
        group = CHOICES
        description = "One answer of several"
        preview_value = {
            "label": "How shall we contact you?",
            "required": True,
            "choices": ["By e-mail", "By telephone", "By letter"],
        }


class MultipleChoiceBlock(FormQuestionBlock):
    """Any of several answers."""

    choices = blocks.ListBlock(blocks.CharBlock(max_length=200))

    class Meta:
        icon = "tick-inverse"
        group = CHOICES
        description = "Any number of answers"
        preview_value = {
            "label": "Does any of these apply to you?",
            "help_text": "Tick all that do.",
            "choices": ["I take a blood thinner", "I have an infection"],
        }


class YesNoBlock(FormQuestionBlock):
    """Yes or no."""

    class Meta:
        icon = "help"
        label = "Yes or no"
        group = CHOICES
        description = "A question that is answered with yes or no"
        preview_value = {"label": "Have you applied before?", "required": True}


class ConsentBlock(FormQuestionBlock):
    """One agreement, to one purpose, never ticked beforehand."""

    label = blocks.TextBlock(
        max_length=1000,
        rows=2,
        help_text="What is agreed to, beginning with “I agree”. One purpose.",
    )

    class Meta:
        icon = "check"
        group = CHOICES
        description = (
            "A box to tick for one agreement; its wording is kept with the answer"
        )
        preview_value = {
            "label": "I agree that the clinic reads my health details.",
            "required": True,
        }


class SectionBlock(blocks.StructBlock):
    """A heading between questions."""

    title = blocks.CharBlock(max_length=120)
    introduction = ProseBlock(features=PLAIN, required=False)

    class Meta:
        icon = "list-ul"
        group = ORDER
        template = "applications/blocks/section.html"
        label_format = "{title}"
        description = "Begins a new part of the form"
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
