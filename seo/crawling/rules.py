"""Rules for crawlers: which there are, and which of them hold for a page.

A rule is chosen for a page or left blank, and then is the one of the nearest page above
that chose one and hands its choices on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

YES, NO = "yes", "no"
NEVER, AFTER = "never", "after"

YES_OR_NO = [("", _("inherit")), (YES, _("yes")), (NO, _("no"))]
PREVIEWS = [
    ("", _("inherit")),
    ("none", _("none")),
    ("standard", _("small")),
    ("large", _("large")),
]
LEAVING = [("", _("inherit")), (NEVER, _("never")), (AFTER, _("after a day"))]

# The fields of a page, whose blank values ("" or None) are inherited.
INHERITED = (
    "robots_index",
    "robots_follow",
    "robots_max_snippet",
    "robots_image_preview",
    "robots_unavailable",
)
# What goes with them.
FIELDS = (*INHERITED, "robots_unavailable_after", "robots_branch")
BLANK = ("", None)


@dataclass(frozen=True)
class Chosen:
    """A rule that holds for a page.

    Args:
        value: As in the field; of ``robots_unavailable`` the last day, or None.
        source: The page where it was chosen, None where it is the default.
    """

    value: Any
    source: Any = None


@dataclass(frozen=True)
class Rules:
    """All rules that hold for a page."""

    index: Chosen
    follow: Chosen
    max_snippet: Chosen
    image_preview: Chosen
    last_day: Chosen

    @property
    def is_over(self) -> bool:
        """Whether the last day in search results has passed."""
        last: date | None = self.last_day.value
        return last is not None and last < timezone.localdate(
            timezone=timezone.get_default_timezone()
        )

    @property
    def noindex(self) -> bool:
        return self.index.value == NO or self.is_over

    @property
    def nosnippet(self) -> bool:
        return bool(self.max_snippet.value == 0)

    def __str__(self) -> str:
        """The content of the robots meta tag, "" without restrictions."""
        snippet: int = self.max_snippet.value
        preview: str = self.image_preview.value
        said = {
            "noindex": self.noindex,
            "nofollow": self.follow.value == NO,
            "nosnippet": self.nosnippet,
            f"max-snippet:{snippet}": snippet > 0,
            f"max-image-preview:{preview}": preview,
            f"unavailable_after: {_end(self.last_day.value)}": self.last_day.value,
        }
        return ", ".join(rule for rule, applies in said.items() if applies)


def _end(day: date | None) -> str:
    """Return the instant at which ``day`` is over, as search engines read it."""
    if day is None or day >= date.max - timedelta(days=1):
        return ""
    return end_of(day).isoformat()


def end_of(day: date) -> datetime:
    """Return the instant at which ``day`` is over where the clinic's clocks are."""
    return timezone.make_aware(
        datetime.combine(day + timedelta(days=1), time.min),
        timezone.get_default_timezone(),
    )


def rules_of(page: Any, above: Iterable[Any]) -> Rules:
    """Return the rules for ``page``.

    Args:
        page: As it is stored or being edited.
        above: The pages above it, the highest first, with the fields of `FIELDS`.
    """
    deciding = [each for each in above if getattr(each, "robots_branch", None)]
    deciding = [page, *reversed(deciding)]

    def chosen(name: str, default: Any) -> Chosen:
        for each in deciding:
            value = getattr(each, name, None)
            if value not in BLANK:
                return Chosen(value, each)
        return Chosen(default)

    leaving = chosen("robots_unavailable", NEVER)
    last = leaving.source.robots_unavailable_after if leaving.value == AFTER else None
    return Rules(
        index=chosen("robots_index", YES),
        follow=chosen("robots_follow", YES),
        max_snippet=chosen("robots_max_snippet", -1),
        image_preview=chosen("robots_image_preview", ""),
        last_day=Chosen(last, leaving.source),
    )
