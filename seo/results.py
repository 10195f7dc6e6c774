"""The title and description of a page in search results, and advice on them.

Whoever needs to know whether a title is too long asks here, about the title as printed.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Site
from wagtailseo.models import SeoSettings

from seo.models import MetadataMixin

SEPARATOR = " | "
# Characters, about: search engines cut by width, which differs from screen to screen.
LONGEST_TITLE = 60
SHORTEST_DESCRIPTION = 50
LONGEST_DESCRIPTION = 160
# Where an organisation's name leaves less room than this, the name is what is too long.
_LEAST_ROOM = 20


@dataclass(frozen=True)
class Title:
    """A page's title as printed: its name, then the organisation's."""

    name: str
    suffix: str = ""

    def __str__(self) -> str:
        return self.name + self.suffix

    @property
    def is_cut(self) -> bool:
        """Whether search results show only the beginning."""
        return sum(map(_width, str(self))) > LONGEST_TITLE

    @property
    def beginning(self) -> str:
        """The part that search results show, without a broken word."""
        widths = accumulate(map(_width, str(self)))
        shown = sum(width <= LONGEST_TITLE for width in widths)
        return str(self)[:shown].rsplit(" ", 1)[0].rstrip(SEPARATOR)

    @property
    def room(self) -> int:
        """The longest possible name, in characters."""
        return LONGEST_TITLE - sum(map(_width, self.suffix))


def _width(character: str) -> int:
    """Return the width of a character in Latin letters.

    Chinese characters and emoji take the room of two. Accents and joiners, which
    Unicode counts as characters of their own, take none.
    """
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def name(page: MetadataMixin) -> str:
    """Return the page's name in its title."""
    own: str = page.seo_title or page.title
    return own


def title(name: str, organisation: str, *, is_front_page: bool = False) -> Title:
    """Return the title to print, with the organisation named once.

    The front page's is its own: it stands for the organisation.
    """
    if not name:
        return Title(organisation)
    if is_front_page or organisation.casefold() in name.casefold():
        return Title(name)
    return Title(name, f"{SEPARATOR}{organisation}")


def printed_title(page: MetadataMixin) -> Title:
    """Return the title of ``page`` as its head prints it, outside of any request."""
    site: Any = page.get_site() or Site.objects.filter(is_default_site=True).first()
    settings = SeoSettings.objects.filter(site=site).first()
    return title(
        name(page),
        organisation(site, settings),
        is_front_page=bool(site and site.root_page_id == page.pk),
    )


def organisation(site: Site | None, settings: SeoSettings | None) -> str:
    """Return the name of the organisation that owns ``site``."""
    typed = settings.struct_org_name if settings else ""
    return typed or (site.site_name if site else "") or "Home"


def description(page: MetadataMixin) -> str:
    """Return the description offered to search engines, "" for none."""
    return " ".join((page.search_description or page.summary_text).split())


def title_problem(page: MetadataMixin, title: Title) -> str:
    """Return advice on the title, "" for none."""
    if not title.is_cut or page.robots_rules.noindex:
        return ""
    found = (
        _(
            "Search results cut off the title after “{beginning}”, counting the "
            "organisation's name at its end."
        )
        if title.suffix
        else _("Search results cut off the title after “{beginning}”.")
    )
    advice = (
        ngettext(
            "Type a title tag of {room} character under Promote.",
            "Type a title tag of {room} characters or fewer under Promote.",
            title.room,
        )
        if title.room >= _LEAST_ROOM
        else _("Shorten the organisation's name under Settings, SEO.")
    )
    sentences = found.format(beginning=title.beginning), advice.format(room=title.room)
    return " ".join(sentences)


def description_problem(page: MetadataMixin) -> str:
    """Return advice on the description, "" for none."""
    length = len(description(page))
    least, most = SHORTEST_DESCRIPTION, LONGEST_DESCRIPTION
    if least <= length <= most:
        return ""
    rules = page.robots_rules
    if rules.noindex or rules.nosnippet:
        return ""
    if not length:
        found = _("This page has no description for search engines.")
    elif length < least:
        found = ngettext(
            "The description is short ({length} character).",
            "The description is short ({length} characters).",
            length,
        )
    else:
        found = ngettext(
            "Search results cut off the description ({length} character).",
            "Search results cut off the description ({length} characters).",
            length,
        )
    advice = _("Type a meta description of {least} to {most} characters under Promote.")
    sentences = found.format(length=length), advice.format(least=least, most=most)
    return " ".join(sentences)


def warnings(page: MetadataMixin, title: Title) -> Iterator[str]:
    """Yield all advice on the page's entry in search results."""
    yield from filter(None, (title_problem(page, title), description_problem(page)))
    if page.robots_rules.noindex:
        yield _("The page is hidden from search engines, as chosen under Promote.")
