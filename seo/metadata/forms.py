"""What the form of a page does with metadata."""

from typing import Any

from seo.metadata.fields import INHERITED


class InheritingFormMixin:
    """Heeds the switch “own / inherited” at each field.

    What was typed stands in the form until it is saved with the switch at “inherited”.
    """

    data: Any
    fields: dict[str, Any]
    cleaned_data: dict[str, Any]

    def clean(self) -> Any:
        cleaned = super().clean()  # type: ignore[misc]
        for name in set(INHERITED) & set(self.cleaned_data):
            value = self.cleaned_data[name]
            inherits = self.data.get(f"{name}-source") == "inherited"
            if inherits or (isinstance(value, str) and not value.strip()):
                self.cleaned_data[name] = "" if isinstance(value, str) else None
        return cleaned
