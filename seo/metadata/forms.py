"""What the form of a page does with metadata."""

from typing import Any

from django.utils.translation import gettext as _

from seo.metadata.fields import INHERITED
from seo.metadata.merging import Conflict, merge


class InheritingFormMixin:
    """Heeds the switch “own / inherited”, and what was published meanwhile.

    What was typed stands in the form until it is saved with the switch at “inherited”.
    """

    instance: Any
    data: Any
    fields: dict[str, Any]
    cleaned_data: dict[str, Any]
    conflicts: list[Conflict]

    def clean(self) -> Any:
        cleaned = super().clean()  # type: ignore[misc]
        for name in set(INHERITED) & set(self.cleaned_data):
            value = self.cleaned_data[name]
            inherits = self.data.get(f"{name}-source") == "inherited"
            if inherits or (isinstance(value, str) and not value.strip()):
                self.cleaned_data[name] = "" if isinstance(value, str) else None
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        self.conflicts = merge(self.instance, self.data.get("metadata-seen"))

    def tell_conflicts(self) -> bool:
        """Add an error for each field that somebody else has published meanwhile.

        The form comes back knowing of it, so that pressing again is the confirmation.
        """
        for conflict in self.conflicts:
            sentence = _(
                "While this was open, {user} has published another value here. Look at "
                "it under History; to replace it with yours, press the button again."
            ).format(user=conflict.user or _("somebody"))
            field = conflict.name if conflict.name in self.fields else None
            self.add_error(field, sentence)  # type: ignore[attr-defined]
        return bool(self.conflicts)
