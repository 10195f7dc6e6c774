"""What is due, as the apps tell of it.

An app names its kinds with the Wagtail hook ``register_due_kinds``, a function without
arguments that returns a list of `Kind`.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.functional import Promise
from wagtail import hooks
from wagtail.models import Page

# Of one kind, read at once: nobody reads a longer list, and memory has an end.
MOST = 500
_FIRST, _LAST = date(1900, 1, 1), date(2900, 12, 31)


class Span(NamedTuple):
    """What is asked for: days from the first to the last, and of what and whom.

    Without a first day all that is overdue as well. Never before `_FIRST`: what was
    typed with a year such as 1 is no day, and cannot be told in every time zone.

    Attributes:
        of: The account whose work alone is asked for, None for everybody's.
        page_type: The content type of pages that alone are asked for.
        section: The path of the page at and beneath which alone they are.
        late: Whether only what is overdue is asked for.
    """

    first: date | None
    last: date
    of: int | None = None
    page_type: int | None = None
    section: str = ""
    late: bool = False

    @classmethod
    def within(cls, first: date | None, last: date) -> "Span":
        """Return the days, kept to years that every time zone can be told in."""
        first = first and min(max(first, _FIRST), _LAST)
        return cls(first, min(max(last, _FIRST), _LAST))

    @property
    def begins(self) -> datetime:
        return _midnight(self.first or _FIRST)

    @property
    def ends(self) -> datetime:
        """The moment after the last day; now, of what is overdue."""
        end = _midnight(self.last + timedelta(days=1))
        return min(end, timezone.now()) if self.late else end

    @property
    def last_day(self) -> date:
        """The last whole day; yesterday, of what is overdue."""
        yesterday = timezone.localdate() - timedelta(days=1)
        return min(self.last, yesterday) if self.late else self.last

    def of_days(self, field: str) -> dict[str, date]:
        """Return the lookups by which a date field lies in these days."""
        return {f"{field}__gte": self.first or _FIRST, f"{field}__lte": self.last_day}

    def of_moments(self, field: str) -> dict[str, datetime]:
        """Return the lookups by which a moment lies in these days."""
        return {f"{field}__gte": self.begins, f"{field}__lt": self.ends}

    def holds(self, day: date) -> bool:
        return (self.first or _FIRST) <= day <= self.last_day

    def asks(self, kind: "Kind") -> bool:
        """Return whether anything of ``kind`` can be what is asked for."""
        if kind.passes and self.late:
            return False
        # What is about no page is nobody's own, and of no type and section.
        return kind.is_of_pages or not (self.of or self.page_type or self.section)


class Kind(ABC):
    """One kind of thing that is due.

    Attributes:
        code: For addresses, never changed.
        name: What it is, for a heading.
        icon: Wagtail's name of one.
        passes: Whether it happens by itself, so that it is over once its day is past.
        has_own_line: Whether the dashboard tells of it elsewhere.
        is_of_pages: Whether each is about a page, so that it has a type and a section.
    """

    code: str
    name: str | Promise
    icon = "calendar"
    passes = False
    has_own_line = False
    is_of_pages = False

    @abstractmethod
    def concerns(self, user: Any) -> bool:
        """Return whether ``user`` may see any of this kind."""

    @abstractmethod
    def find(
        self, user: Any, span: Span, most: int | None = None
    ) -> Iterable["DueItem"]:
        """Yield what ``span`` asks for and ``user`` may see, the earliest first.

        With a number of queries that does not depend on how much there is, and no more
        than ``most`` where that spares reading. Of what passes, a span without a first
        day begins today.
        """

    def count(self, user: Any, span: Span) -> int:
        """Return how many `find` yields of all."""
        return sum(1 for _item in self.find(user, span))


@dataclass(frozen=True)
class DueItem:
    """Something that is due.

    Attributes:
        key: Of its record, stable for as long as it is the same thing.
        when: A day, or a moment.
        title: What it is about, without anybody's name who told a story.
        url: Where the admin lets it be seen to, from the root.
        changed_at: When its record was last another one.
        discreet_title: What e-mails and calendars are told, which lie elsewhere; "" for
            the title.
        page: The page that it is about.
        people: Primary keys of the accounts whose work it is.
    """

    kind: Kind
    key: str
    when: date | datetime
    title: str
    url: str
    changed_at: datetime | None = None
    discreet_title: str = ""
    page: Page | None = None
    people: frozenset[int] = frozenset()

    @property
    def uid(self) -> str:
        return f"{self.kind.code}-{self.key}"

    @property
    def day(self) -> date:
        """The day in the time zone of whoever looks."""
        if isinstance(self.when, datetime):
            return timezone.localdate(self.when)
        return self.when

    @property
    def at(self) -> datetime | None:
        """The moment where whoever looks is, None for a whole day."""
        if isinstance(self.when, datetime):
            return timezone.localtime(self.when)
        return None

    @property
    def is_late(self) -> bool:
        """Whether it should have been done, or should have happened and did not."""
        if self.kind.passes:
            return False
        if isinstance(self.when, datetime):
            return self.when < timezone.now()
        return self.when < timezone.localdate()


class Found(NamedTuple):
    """What is due, the earliest first.

    Attributes:
        items: What was read.
        total: How much there is.
        cut: Days in which there is more than was read, from the last that was.
    """

    items: list[DueItem]
    total: int
    cut: list[Span]


def kinds(user: Any) -> list[Kind]:
    """Return the kinds of which ``user`` may see any, by name."""
    own = [kind for kind in _registered() if kind.concerns(user)]
    return sorted(own, key=lambda kind: str(kind.name))


def concerns(user: Any) -> bool:
    """Return whether ``user`` may see any of any kind."""
    return any(kind.concerns(user) for kind in _registered())


def find(
    user: Any, span: Span, only: Iterable[Kind] | None = None, whole: bool = False
) -> Found:
    """Return what is due of all that ``user`` may see, or of ``only`` these kinds.

    Of each kind `MOST` that are overdue, and as many that are to come; ``whole``, all.
    """
    most = None if whole else MOST
    found = Found([], 0, [])
    total = 0
    for kind in kinds(user) if only is None else only:
        for part in _parts(kind, span) if span.asks(kind) else ():
            items = list(islice(kind.find(user, part, most), most))
            found.items.extend(items)
            total += len(items)
            if len(items) == most and (there_are := kind.count(user, part)) > most:
                found.cut.append(part._replace(first=items[-1].day))
                total += there_are - most
    found.items.sort(key=_order)
    return found._replace(total=total)


def _parts(kind: Kind, span: Span) -> list[Span]:
    """Return the days before today and those from today on, each to be read alone.

    Else much that is overdue would leave no room for what is to come.
    """
    today = timezone.localdate()
    begins_today = kind.passes and span.first is None
    if begins_today or not (span.first or _FIRST) < today <= span.last:
        return [span]
    yesterday = today - timedelta(days=1)
    return [span._replace(last=yesterday), span._replace(first=today)]


def _registered() -> Iterator[Kind]:
    for hook in hooks.get_hooks("register_due_kinds"):
        yield from hook()


def _order(item: DueItem) -> tuple[date, datetime, str]:
    return item.day, item.at or _midnight(item.day), item.title


def _midnight(day: date) -> datetime:
    zone = timezone.get_current_timezone()
    return datetime.combine(day, time.min, tzinfo=zone)
