"""The title and description of a page in search results, and advice on them.

Whoever needs to know whether a title is too long asks here, about the title as printed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Site
from wagtailseo.models import SeoSettings

from seo.lines import longest
from seo.models import MetadataMixin
from seo.snippets.widths import DESKTOP_DESCRIPTION, DESKTOP_TITLE

SEPARATOR = " | "
SHORTEST_DESCRIPTION = 50  # characters
# What fits, about, for advice: search engines cut by width.
LONGEST_DESCRIPTION = 155
# Where an organisation's name leaves less room than this, the name is what is too long.
_LEAST_ROOM = 180  # pixels


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
        return not DESKTOP_TITLE.holds(str(self))

    @property
    def beginning(self) -> str:
        """The part that search results show, without a broken word."""
        if not self.is_cut:
            return str(self)
        return DESKTOP_TITLE.beginning(str(self)).rstrip(SEPARATOR)

    @property
    def room(self) -> float:
        """The room that the suffix leaves for the name, in pixels."""
        return DESKTOP_TITLE.width - DESKTOP_TITLE.measure(self.suffix)

    @property
    def longest(self) -> int:
        """How many of the name's own characters fit before its suffix."""
        return len(longest(self.name, lambda name: not Title(name, self.suffix).is_cut))


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
        organisation(site),
        is_front_page=bool(site and site.root_page_id == page.pk),
    )


def organisation(site: Site | None) -> str:
    """Return the name of the organisation that owns ``site``."""
    return (site.site_name if site else "") or "Home"


def description(page: MetadataMixin) -> str:
    """Return the description offered to search engines, "" for none."""
    return " ".join((page.search_description or page.summary_text).split())


def title_problem(page: MetadataMixin, title: Title) -> str:
    """Return advice on the title, "" for none."""
    if page.robots_noindex or not title.is_cut:
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
            title.longest,
        )
        if title.room >= _LEAST_ROOM
        else _("Shorten the organisation's name under Settings, Organisation.")
    )
    sentences = (
        found.format(beginning=title.beginning),
        advice.format(room=title.longest),
    )
    return " ".join(sentences)


def description_problem(page: MetadataMixin) -> str:
    """Return advice on the description, "" for none."""
    if page.robots_noindex or page.robots_nosnippet:
        return ""
    text = description(page)
    length, is_cut = len(text), not DESKTOP_DESCRIPTION.holds(text)
    least, most = SHORTEST_DESCRIPTION, LONGEST_DESCRIPTION
    if length >= least and not is_cut:
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
    if page.robots_noindex:
        yield _("The page is hidden from search engines, as chosen under Promote.")
