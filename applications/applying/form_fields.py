"""Form fields for each kind of question, with their error messages.

Every field gives back what JSON can hold, which is what is encrypted and kept.
"""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

# Longer texts come back cut: an answer that is too long is kept, a pasted book not.
KEPT_CHARACTERS = 100_000
# An e-mail address has at most 254: RFC 3696, errata 1690.
EMAIL_CHARACTERS = 254
_TELEPHONE = re.compile(r"\+?[\d\s().\-/]+(?:(?:ext|x)\.?\s*\d+)?", re.IGNORECASE)
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_TELEPHONE_DIGITS = range(5, 21)

NUL = _(
    "This contains a character that cannot be stored. Type the answer again, or "
    "paste it as plain text."
)


class TextField(forms.CharField):
    """Text up to a length, told in a sentence that counts.

    As of the other fields, ``label`` is how the question is named in sentences.
    """

    def __init__(self, *, characters: int, **kwargs: Any) -> None:
        self.characters = characters
        super().__init__(**kwargs)
        self.error_messages["required"] = missing(str(self.label))
        # Told below, in a sentence of ours.
        self.validators = [
            v
            for v in self.validators
            if getattr(v, "code", "") != "null_characters_not_allowed"
        ]

    def to_python(self, value: Any) -> str:
        # Browsers send line ends of two characters and count them as one.
        text = str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")
        if "\0" in text:
            raise ValidationError(NUL)
        if len(text) > self.characters:
            raise ValidationError(self._too_long(len(text)))
        return text

    def _too_long(self, length: int) -> str:
        if length > KEPT_CHARACTERS:
            sentence = ngettext(
                "This has %(length)s character; at most %(limit)s can be sent. Only "
                "the first %(kept)s are shown here.",
                "This has %(length)s characters; at most %(limit)s can be sent. Only "
                "the first %(kept)s are shown here.",
                length,
            )
        else:
            sentence = ngettext(
                "This has %(length)s character; at most %(limit)s can be sent.",
                "This has %(length)s characters; at most %(limit)s can be sent.",
                length,
            )
        return sentence % {
            "length": number_format(length, force_grouping=True),
            "limit": number_format(self.characters, force_grouping=True),
            "kept": number_format(KEPT_CHARACTERS, force_grouping=True),
        }

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Return the typed values that the form shows again."""
        return str(data or "")[:KEPT_CHARACTERS].replace("\0", "")


def missing(label: str) -> str:
    """Return what to do about a question that was left empty."""
    if label.endswith("?"):
        return gettext("Answer “{question}”").format(question=label)
    if label.startswith("Your ") and str(get_language()).startswith("en"):
        return gettext("Enter {question}").format(question=f"y{label[1:]}")
    return gettext("Enter “{question}”").format(question=label)


class EmailField(TextField):
    widget = forms.EmailInput

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if text:
            try:
                forms.EmailField().clean(text)
            except ValidationError:
                raise ValidationError(
                    gettext(
                        "This is not an e-mail address. It should look like "
                        "name@example.com."
                    )
                ) from None
        return text


class TelephoneField(TextField):
    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        digits = sum(character.isdigit() for character in text)
        if text and not (_TELEPHONE.fullmatch(text) and digits in _TELEPHONE_DIGITS):
            raise ValidationError(
                gettext(
                    "This is not a telephone number. It should look like 01632 960 001 "
                    "or +44 808 157 0192."
                )
            )
        return text


class NumberField(TextField):
    """A number typed as text; browsers' number inputs change values when scrolled."""

    def __init__(
        self,
        *,
        minimum: str | None,
        maximum: str | None,
        decimals: int,
        **kwargs: Any,
    ) -> None:
        super().__init__(characters=40, **kwargs)
        self.minimum, self.maximum, self.decimals = minimum, maximum, decimals

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if text:
            self._check(text)
        return text

    def _check(self, text: str) -> None:
        if not _NUMBER.fullmatch(text):
            raise ValidationError(
                gettext("This is not a number. Use digits, such as 12.")
            )
        number = Decimal(text)
        if len(text.partition(".")[2]) > self.decimals:
            if self.decimals == 0:
                raise ValidationError(gettext("This must be a whole number."))
            sentence = ngettext(
                "Use at most %(count)s digit after the decimal point.",
                "Use at most %(count)s digits after the decimal point.",
                self.decimals,
            )
            raise ValidationError(sentence % {"count": self.decimals})
        if self.minimum is not None and number < Decimal(self.minimum):
            raise ValidationError(
                gettext("This must be {number} or more.").format(number=self.minimum)
            )
        if self.maximum is not None and number > Decimal(self.maximum):
            raise ValidationError(
                gettext("This must be {number} or less.").format(number=self.maximum)
            )


class ChoiceField(forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.RadioSelect, **kwargs)
        self.error_messages["required"] = gettext(
            "Choose an answer to “{question}”"
        ).format(question=self.label)
        self.error_messages["invalid_choice"] = gettext(
            "Choose one of the answers offered."
        )


class MultipleChoiceField(forms.MultipleChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, **kwargs)
        self.error_messages["required"] = gettext(
            "Choose at least one answer to “{question}”"
        ).format(question=self.label)
        self.error_messages["invalid_choice"] = gettext(
            "Choose among the answers offered."
        )


class ConsentField(forms.BooleanField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.error_messages["required"] = gettext(
            "Tick this box to agree; without it you cannot apply."
        )
