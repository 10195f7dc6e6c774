"""What an import may change of references that published pages cite."""

from collections.abc import Iterable
from typing import Literal

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

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
    printed = printed_among({row.target for row in changing if row.target})
    for row in changing:
        pages = printed.get(row.target or 0)
        if not pages:
            continue
        if may_change == "unprinted":
            row.fills, row.differs = [], {}
            row.reason = str(_REFUSED)
        else:
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
