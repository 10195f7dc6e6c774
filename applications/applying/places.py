"""Form fields for countries and postal addresses."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.applying.form_fields import missing
from applications.countries import countries

LINE_CHARACTERS = 200
# Of an address, in the order of its lines: label, token for the browser, needed.
PARTS = (
    (_("Address line 1"), "address-line1", True),
    (_("Address line 2"), "address-line2", False),
    (_("Town or city"), "address-level2", True),
    (_("Postcode"), "postal-code", False),
    (_("Country"), "country", True),
)


def _choices() -> list[tuple[str, str]]:
    return [("", gettext("Choose a country")), *countries().items()]


class CountryField(forms.ChoiceField):
    """A country of the list, given back as its code, such as ``PT``."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Select({"autocomplete": "country"})
        super().__init__(choices=_choices(), widget=widget, **kwargs)
        self.error_messages["required"] = gettext(
            "Choose a country for “{question}”"
        ).format(question=self.label)
        self.error_messages["invalid_choice"] = gettext(
            "Choose a country from the list."
        )


class AddressWidget(forms.MultiWidget):
    """Two lines, town, postcode and country, each with its own label."""

    template_name = "applications/forms/address.html"
    use_fieldset = True

    def __init__(self) -> None:
        widgets: list[forms.Widget] = [
            forms.TextInput({"autocomplete": token, "enterkeyhint": "next"})
            for _label, token, _needed in PARTS[:-1]
        ]
        widgets.append(forms.Select({"autocomplete": "country"}, choices=_choices()))
        super().__init__(widgets)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        for part, (label, _token, needed) in zip(
            context["widget"]["subwidgets"], PARTS, strict=True
        ):
            part |= {"label": label, "needed": needed}
        return context

    def decompress(self, value: Any) -> list[Any]:
        return value if isinstance(value, list) else [None] * len(PARTS)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0"


class AddressField(forms.Field):
    """A postal address, given back as the texts of its parts, the country as a code."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=AddressWidget(), **kwargs)

    def bound_data(self, data: Any, initial: Any) -> Any:
        return [str(part or "")[:LINE_CHARACTERS].replace("\0", "") for part in data]

    def clean(self, value: Any) -> list[str]:
        parts = [" ".join(str(part or "").split()) for part in value]
        if not any(parts):
            if self.required:
                raise ValidationError(missing(str(self.label)), code="required")
            return []
        for part, (label, _token, needed) in zip(parts, PARTS, strict=True):
            if needed and not part:
                raise ValidationError(
                    gettext("Fill in “{part}” too.").format(part=label)
                )
            if len(part) > LINE_CHARACTERS or "\0" in part:
                raise ValidationError(
                    gettext("Shorten “{part}”, or type it again.").format(part=label)
                )
        if parts[-1] not in countries():
            raise ValidationError(gettext("Choose a country from the list."))
        return parts
