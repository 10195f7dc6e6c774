"""Forms that arrive incomplete: shown again, as far as readable, and not stored.

A page's form says in numbers how many blocks and rows it holds, and in which order.
Where one is missing (a request cut short, a script that failed) or makes no sense,
Wagtail ends in a server error or takes what was typed for deleted. Nor is a page
stored where something that has to be done before fails.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.blocks import BlockField

INCOMPLETE = _(
    "The form arrived incomplete, so nothing was saved. Check that everything is still "
    "here, then save again. To go back to what was saved before, reload the page."
)

_COUNT = re.compile(r"\d{1,4}")
_ORDER = re.compile(r"\d{1,6}")
_ID = re.compile(r"\d{0,18}")
_PLACE = re.compile(r"-(\d{1,4})(?=-)")
_BEHIND_ALL = 1_000_000


class PostedForm(MultiValueDict[str, Any]):
    """Posted data, in which missing or wrong counts are derived from the rest.

    Blocks ask for theirs by ``posted[name]``, and for nothing else in that way. Lists
    of rows ask for how many they are as for any field, by ``posted.get(name)``.
    """

    def __init__(self, lists: Iterable[tuple[str, list[Any]]]) -> None:
        super().__init__(lists)
        self.is_incomplete = False
        self._places = self._count_places()
        self._orders: dict[str, int] = {}
        self._taken: dict[str, set[int]] = defaultdict(set)

    def urlencode(self) -> str:
        """Return a query string, in which Wagtail stores the preview's data."""
        posted = QueryDict(mutable=True)
        for name, values in self.lists():
            posted.setlist(name, values)
        return posted.urlencode()

    def _count_places(self) -> dict[str, int]:
        """Count the blocks or rows that follow the first without a gap, by prefix."""
        found: dict[str, set[int]] = defaultdict(set)
        for name in self:
            for place in _PLACE.finditer(name):
                found[name[: place.start()]].add(int(place[1]))
        return {
            prefix: next(n for n in range(len(places) + 1) if n not in places)
            for prefix, places in found.items()
        }

    def __getitem__(self, name: str) -> Any:
        prefix, _hyphen, number = name.rpartition("-")
        if number == "count":
            return self._checked(name, _COUNT, self._places.get(prefix, 0))
        if number == "order":
            return self._order(name, prefix)
        if number == "id":
            return self._id(name)
        return self._text(name)

    def get(self, name: str, default: Any = None) -> Any:
        prefix, _hyphen, number = name.rpartition("-")
        if number == "TOTAL_FORMS":
            return self._checked(name, _COUNT, self._places.get(prefix, 0))
        if number == "INITIAL_FORMS":
            return self._initial(name, prefix)
        values = self.getlist(name)
        return values[-1] if values else default

    def _text(self, name: str) -> Any:
        values = self.getlist(name)
        if not values:
            self.is_incomplete = True
        return values[-1] if values else ""

    def _checked(self, name: str, pattern: re.Pattern[str], counted: int) -> str:
        if self._number(name, pattern) != counted:
            self.is_incomplete = True
        return str(counted)

    def _number(self, name: str, pattern: re.Pattern[str]) -> int | None:
        text = str(self._text(name))
        return int(text) if text and pattern.fullmatch(text) else None

    def _order(self, name: str, prefix: str) -> int:
        """Return an unused position in the list."""
        if name not in self._orders:
            taken = self._taken[prefix.rpartition("-")[0]]
            order = self._number(name, _ORDER)
            if order is None or order in taken:
                self.is_incomplete = True
                order = _BEHIND_ALL + len(taken)
            taken.add(order)
            self._orders[name] = order
        return self._orders[name]

    def _id(self, name: str) -> str:
        text = str(self._text(name))
        if _ID.fullmatch(text):
            return text
        self.is_incomplete = True
        return ""

    def _initial(self, name: str, prefix: str) -> str:
        """Return how many rows existed before."""
        rows = range(self._places.get(prefix, 0))
        initial = self._number(name, _COUNT)
        if initial is None or initial > len(rows):
            self.is_incomplete = True
            initial = sum(1 for row in rows if self.getlist(f"{prefix}-{row}-id"))
        return str(initial)


class CompleteFormMixin:
    """Refuses an incomplete post, and shows the readable part again."""

    data: Any
    files: Any
    fields: dict[str, Any]
    formsets: dict[str, Any]

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        if isinstance(data, MultiValueDict):
            data = PostedForm(data.lists())
        super().__init__(data, *args, **kwargs)  # type: ignore[call-arg]

    def full_clean(self) -> None:
        self._show_what_is_stored_where_nothing_arrived()
        try:
            super().full_clean()  # type: ignore[misc]
        except KeyError:  # most likely a table's column of an unknown type
            self._leave_out_what_is_unreadable()
            self._show_what_is_stored_where_nothing_arrived()
            super().full_clean()  # type: ignore[misc]

    def _streams(self) -> list[tuple[str, BlockField, list[str]]]:
        """Return each stream's name, its field, and its posted names."""
        if not isinstance(self.data, PostedForm):
            return []
        return [
            (name, field, [key for key in self.data if key.startswith(f"{name}-")])
            for name, field in self.fields.items()
            if isinstance(field, BlockField)
        ]

    def _show_what_is_stored_where_nothing_arrived(self) -> None:
        for _name, field, arrived in self._streams():
            if not arrived:
                field.disabled = True
                self.data.is_incomplete = True

    def _leave_out_what_is_unreadable(self) -> None:
        for name, field, arrived in self._streams():
            try:
                field.widget.value_from_datadict(self.data, self.files, name)
            except KeyError:
                for key in arrived:
                    del self.data[key]

    def is_valid(self) -> bool:
        valid = bool(super().is_valid())  # type: ignore[misc]
        posted = [self.data, *(formset.data for formset in self.formsets.values())]
        if any(getattr(data, "is_incomplete", False) for data in posted):
            self.add_error(None, INCOMPLETE)  # type: ignore[attr-defined]
            return False
        return valid


_steps: list[Callable[[Any], None]] = []


def before_storing(step: Callable[[Any], None]) -> Callable[[Any], None]:
    """Register what is done with a page that a form is about to store.

    It raises `ValidationError` where it fails. Whatever else stores pages asks nothing.
    """
    _steps.append(step)
    return step


def prepares(form: Any) -> bool:
    """Do what is registered, unless the page is only looked at; add an error if not."""
    try:
        for step in _steps if form.is_stored else ():
            step(form.instance)
    except ValidationError as failure:
        form.add_error(None, failure)
        return False
    return True


class CompleteModelForm(CompleteFormMixin, WagtailAdminModelForm):
    """The form of a model with StreamFields or child rows."""
