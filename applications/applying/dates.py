"""The form field of a date."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext

# Characters of an ISO date by the number of its parts.
_LENGTHS = {1: 4, 2: 7, 3: 10}


class DatePartsWidget(forms.MultiWidget):
    """Three short inputs; what was typed comes back even when it is no date."""

    template_name = "applications/forms/date.html"
    use_fieldset = True

    def __init__(self, birth_date: bool) -> None:
        parts: dict[str, forms.Widget | type[forms.Widget]] = {}
        for name in ("day", "month", "year"):
            attrs = {
                "inputmode": "numeric",
                "enterkeyhint": "next",
                "data-width": "short",
            }
            if birth_date:
                attrs["autocomplete"] = f"bday-{name}"
            parts[name] = forms.TextInput(attrs)
        super().__init__(parts)

    def decompress(self, value: Any) -> list[Any]:
        return value if isinstance(value, list) else [None, None, None]

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0"


class DateField(forms.Field):
    """A date in three parts, given back as ``2026-01-31``.

    Of one that may be partly known ``2026-01`` or ``2026``.
    """

    def __init__(
        self,
        *,
        may_be_in_future: bool,
        birth_date: bool,
        may_be_partly_known: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(widget=DatePartsWidget(birth_date), **kwargs)
        self.may_be_in_future = may_be_in_future
        self.may_be_partly_known = may_be_partly_known

    def bound_data(self, data: Any, initial: Any) -> Any:
        return [str(part or "")[:20].replace("\0", "") for part in data]

    def clean(self, value: Any) -> str:
        parts = [str(part or "").strip() for part in value]
        if not any(parts):
            if self.required:
                sentence = gettext("Enter the day, month and year for “{question}”")
                raise ValidationError(
                    sentence.format(question=self.label), code="required"
                )
            return ""
        known = self._known(parts)
        if not all(
            part.isascii() and part.isdigit() and len(part) <= 4 for part in known
        ):
            raise ValidationError(
                gettext("Enter the day, month and year in digits, such as 27 3 1974.")
            )
        year, month, day = (int(part) for part in [*known, "1", "1"][:3])
        if year < 1000:
            raise ValidationError(
                gettext("Enter the year in four digits, such as 1974.")
            )
        try:
            date = datetime.date(year, month, day)
        except ValueError:
            raise ValidationError(
                gettext("This date does not exist. Check the day and month.")
            ) from None
        if date > timezone.localdate() and not self.may_be_in_future:
            raise ValidationError(gettext("This date must not be in the future."))
        return date.isoformat()[: _LENGTHS[len(known)]]

    def _known(self, parts: list[str]) -> list[str]:
        """Return year, month and day, or those of them that are known."""
        day, month, year = parts
        if self.may_be_partly_known and year and not day:
            return [year, month] if month else [year]
        return [year, month, day]
