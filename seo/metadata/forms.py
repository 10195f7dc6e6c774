"""What the form of a page does with metadata."""

from typing import Any

from django.utils.translation import gettext as _

from seo.metadata.fields import INHERITED
from seo.metadata.merging import Conflict, merge, touched
from seo.metadata.seen import POSTED_AS, dump, load, look, values_now


class InheritingFormMixin:
    """Heeds the switch “own / inherited”, and what was published meanwhile.

    What was typed stands in the form until it is saved with the switch at “inherited”.
    """

    instance: Any
    for_user: Any
    data: Any
    fields: dict[str, Any]
    cleaned_data: dict[str, Any]
    initial: dict[str, Any]
    changed_data: list[str]
    is_bound: bool
    conflicts: list[Conflict]
    # The fields whose values are not those that the form has shown.
    touched: frozenset[str] = frozenset()
    _told: dict[str, int]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflicts, self._told = [], {}
        self.seen = load(self.data.get(POSTED_AS)) if self.is_bound else None

    def stamp(self) -> str:
        """Return what the form shows, to be posted with it.

        One that comes back shows what was posted, and so what it has shown before.
        """
        if not self.is_bound:
            return dump(look(self.instance))
        if self.seen is None:
            return ""
        return dump(self.seen._replace(told=self.seen.told | self._told))

    def clean(self) -> Any:
        cleaned = super().clean()  # type: ignore[misc]
        for name in set(INHERITED) & set(self.cleaned_data):
            value = self.cleaned_data[name]
            inherits = self.data.get(f"{name}-source") == "inherited"
            if inherits or (isinstance(value, str) and not value.strip()):
                self.cleaned_data[name] = "" if isinstance(value, str) else None
                if (
                    inherits
                    and self.initial.get(name)
                    and name not in self.changed_data
                ):
                    # To Django the text that stands beside the switch is no change.
                    self.changed_data.append(name)
        return cleaned

    def _post_clean(self) -> None:
        # Where nothing is known of what it has shown, it was what is stored.
        shown = self.seen.values if self.seen else values_now(self.instance)
        shown = {name: shown[name] for name in shown if name in self.fields}
        super()._post_clean()  # type: ignore[misc]
        self.touched = touched(self.instance, shown)
        if self.seen and self.instance.pk:
            seen = self.seen._replace(values=shown)
            self.conflicts = merge(self.instance, seen, self.for_user)

    def tell_conflicts(self) -> bool:
        """Add an error for each field that somebody else has published meanwhile.

        The form comes back knowing of it, so that pressing again is the confirmation.
        """
        for conflict in self.conflicts:
            sentence = _(
                "While this was open, {user} has published another value here. Look at "
                "it under History; to replace it with yours, press the button again."
            ).format(user=conflict.user or _("somebody"))
            self.add_error(conflict.name, sentence)  # type: ignore[attr-defined]
            self._told[conflict.name] = conflict.change
        return bool(self.conflicts)
