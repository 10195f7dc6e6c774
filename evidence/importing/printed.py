"""What an import may change of references that published pages cite."""

from collections.abc import Iterable
from typing import Literal

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.records.catching_up import catch_up
from core.records.printing import why_not_yet
from evidence.importing.rows import Row
from evidence.library.printed import printed_among

# Whether an import may change references: those that no page prints alone, too.
MayChange = bool | Literal["unprinted"]
PAGES_NAMED = 5
_REFUSED = _(
    "It is in the library, and published pages cite it: what is said there stays. Ask "
    "a moderator to import the change."
)


def leave_printed(rows: Iterable[Row], may_change: MayChange) -> None:
    """Take changes of cited references out, or say which pages they alter."""
    changing = [row for row in rows if row.target and (row.fills or row.differs)]
    is_known = not changing or catch_up()
    printed = printed_among({row.target for row in changing if row.target})
    for row in changing:
        pages = printed.get(row.target or 0)
        if may_change == "unprinted" and (pages or not is_known):
            row.fills, row.differs = [], {}
            row.reason = str(_REFUSED) if pages else why_not_yet()
        elif pages:
            row.reason = _alters(pages)


def _alters(pages: list[Page]) -> str:
    named = ", ".join(f"“{page.title}”" for page in pages[:PAGES_NAMED])
    more = len(pages) - PAGES_NAMED
    if more > 0:
        named = gettext("{pages} and {count} more").format(pages=named, count=more)
    return ngettext(
        "A published page prints it, and changes at once: {pages}.",
        "Published pages print it, and change at once: {pages}.",
        len(pages),
    ).format(pages=named)
