"""Form fields for what blocks ask, with their sentences for whoever mistypes.

Every field gives back what JSON can hold, which is what is encrypted and kept.
"""

import datetime
import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

# Longer texts come back cut: an answer that is too long is kept, a pasted book not.
KEPT_CHARACTERS = 100_000
# An e-mail address has at most 254: RFC 3696, errata 1690.
EMAIL_CHARACTERS = 254
_TELEPHONE = re.compile(r"\+?[\d\s().\-/]+(?:(?:ext|x)\.?\s*\d+)?", re.IGNORECASE)
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_TELEPHONE_DIGITS = range(5, 21)

MISSING = "This needs an answer."
NUL = (
    "This holds a character that cannot be stored. Type the answer again, or paste it "
    "as plain text."
)


class TextField(forms.CharField):
    """Text up to a length, told in a sentence that counts."""

    def __init__(self, *, characters: int, **kwargs: Any) -> None:
        self.characters = characters
        super().__init__(**kwargs)
        self.error_messages["required"] = MISSING
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
            sentence = (
                f"This has {len(text):,} characters; at most {self.characters:,} can "
                "be sent."
            )
            if len(text) > KEPT_CHARACTERS:
                sentence += f" Only the first {KEPT_CHARACTERS:,} are shown here."
            raise ValidationError(sentence)
        return text

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Return what the form shows again of what was typed."""
        return str(data or "")[:KEPT_CHARACTERS].replace("\0", "")


class EmailField(TextField):
    widget = forms.EmailInput

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if text:
            try:
                forms.EmailField().clean(text)
            except ValidationError:
                raise ValidationError(
                    "This is no e-mail address. It should look like name@example.com."
                ) from None
        return text


class TelephoneField(TextField):
    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        digits = sum(character.isdigit() for character in text)
        if text and not (_TELEPHONE.fullmatch(text) and digits in _TELEPHONE_DIGITS):
            raise ValidationError(
                "This is no telephone number. It should look like 01632 960 001 or "
                "+44 808 157 0192."
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
            raise ValidationError("This is no number. Use digits, such as 12.")
        number = Decimal(text)
        if len(text.partition(".")[2]) > self.decimals:
            raise ValidationError(
                "This must be a whole number."
                if self.decimals == 0
                else f"At most {self.decimals} digits may follow the point."
            )
        if self.minimum is not None and number < Decimal(self.minimum):
            raise ValidationError(f"This must be {self.minimum} or more.")
        if self.maximum is not None and number > Decimal(self.maximum):
            raise ValidationError(f"This must be {self.maximum} or less.")


class DatePartsWidget(forms.MultiWidget):
    """Three short inputs; what was typed comes back even when it is no date."""

    template_name = "applications/forms/date.html"
    use_fieldset = True

    def __init__(self, birth_date: bool) -> None:
        parts: dict[str, forms.Widget | type[forms.Widget]] = {}
        for name in ("day", "month", "year"):
            attrs = {"inputmode": "numeric", "data-width": "short"}
            if birth_date:
                attrs["autocomplete"] = f"bday-{name}"
            parts[name] = forms.TextInput(attrs)
        super().__init__(parts)

    def decompress(self, value: Any) -> list[Any]:
        return value if isinstance(value, list) else [None, None, None]

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0"


class DateField(forms.Field):
    """A date in three parts, given back as ``2026-01-31``."""

    def __init__(
        self, *, may_be_in_future: bool, birth_date: bool, **kwargs: Any
    ) -> None:
        super().__init__(widget=DatePartsWidget(birth_date), **kwargs)
        self.may_be_in_future = may_be_in_future

    def bound_data(self, data: Any, initial: Any) -> Any:
        return [str(part or "")[:20].replace("\0", "") for part in data]

    def clean(self, value: Any) -> str:
        parts = [str(part or "").strip() for part in value]
        if not any(parts):
            if self.required:
                raise ValidationError(MISSING)
            return ""
        if not all(
            part.isascii() and part.isdigit() and len(part) <= 4 for part in parts
        ):
            raise ValidationError(
                "Give day, month and year in digits, such as 27 3 1974."
            )
        day, month, year = (int(part) for part in parts)
        if year < 1000:
            raise ValidationError("Give the year in four digits, such as 1974.")
        try:
            date = datetime.date(year, month, day)
        except ValueError:
            raise ValidationError(
                "There is no such day. Check day and month."
            ) from None
        if date > timezone.localdate() and not self.may_be_in_future:
            raise ValidationError("This date must not be in the future.")
        return date.isoformat()


class ChoiceField(forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.RadioSelect, **kwargs)
        self.error_messages["required"] = "Choose one of the answers."
        self.error_messages["invalid_choice"] = "Choose one of the answers offered."


class MultipleChoiceField(forms.MultipleChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, **kwargs)
        self.error_messages["required"] = "Choose at least one of the answers."
        self.error_messages["invalid_choice"] = "Choose among the answers offered."


class ConsentField(forms.BooleanField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.error_messages["required"] = (
            "Tick this box to agree; without it you cannot apply."
        )
