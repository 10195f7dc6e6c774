"""The title and description of a page in search results, and advice on them.

Whoever needs to know whether a title is too long asks here, about the title as printed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Site

from seo.characters import fit, one_line
from seo.lines import longest
from seo.metadata import patterns
from seo.models import MetadataMixin, MetadataPatterns
from seo.snippets.widths import DESKTOP_DESCRIPTION, DESKTOP_TITLE

SEPARATOR = " | "
SHORTEST_DESCRIPTION = 50  # characters
# What fits, about, for advice: search engines cut by width.
LONGEST_DESCRIPTION = 155
# Where an organisation's name leaves less room than this, the name is what is too long.
_LEAST_ROOM = 180  # pixels


@dataclass(frozen=True)
class Title:
    """A page's title as printed: its name, and what its pattern puts around that."""

    name: str
    suffix: str = ""
    prefix: str = ""

    def __str__(self) -> str:
        return self.prefix + self.name + self.suffix

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
        """The room that its pattern leaves for the name, in pixels."""
        around = self.prefix + self.suffix
        return DESKTOP_TITLE.width - DESKTOP_TITLE.measure(around)

    @property
    def longest(self) -> int:
        """How many of the name's own characters fit before its suffix."""
        return len(longest(self.name, lambda name: not replace(self, name=name).is_cut))


def name(page: MetadataMixin) -> str:
    """Return the page's name in its title."""
    return fit(page.seo_title or page.title)


def title(
    name: str,
    organisation: str,
    *,
    is_front_page: bool = False,
    pattern: str = patterns.TITLE,
    page: Any = None,
) -> Title:
    """Return the title to print, with the organisation named once.

    The front page's is its own, unless it has a pattern: it stands for the
    organisation.

    Args:
        name: What the page is called in it, "" for nothing but the organisation.
        organisation: Whose site it is.
        is_front_page: Whether it is that site's first page.
        pattern: Of titles of its page type.
        page: Of which the pattern may name more.
    """
    name, organisation = fit(name), fit(organisation)
    if not name:
        return Title(organisation)
    is_named = organisation.casefold() in name.casefold()
    stands_alone = is_front_page and pattern == patterns.TITLE
    if stands_alone:
        return Title(name)
    value = patterns.values(page, "" if is_named else organisation)
    before, after = patterns.around_title(pattern, value)
    return Title(name, after, before)


def printed_title(page: MetadataMixin) -> Title:
    """Return the title of ``page`` as its head prints it, outside of any request."""
    site, own = _around(page)
    return title(
        name(page),
        organisation(site),
        is_front_page=bool(site and site.root_page_id == page.pk),
        pattern=own.title(type(page)),
        page=page,
    )


def printed_description(page: MetadataMixin) -> str:
    """Return the description of ``page`` as its head prints it, likewise."""
    site, own = _around(page)
    return description(page, own, organisation(site))


def _around(page: MetadataMixin) -> tuple[Any, MetadataPatterns]:
    """Return the site of ``page`` and its patterns."""
    site: Any = page.get_site() or Site.objects.filter(is_default_site=True).first()
    own = MetadataPatterns.objects.filter(site=site).first()
    return site, own or MetadataPatterns()


def organisation(site: Site | None) -> str:
    """Return the name of the organisation that owns ``site``."""
    return (site.site_name if site else "") or "Home"


def description(page: MetadataMixin, own: MetadataPatterns, organisation: str) -> str:
    """Return the description offered to search engines, "" for none.

    Args:
        page: Whose it is.
        own: The patterns of its site.
        organisation: What that is called.
    """
    if typed := one_line(page.search_description):
        return typed
    value = patterns.values(page, organisation)
    return one_line(patterns.fill(own.description(type(page)), value))


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
    text = printed_description(page)
    length, is_cut = len(text), not DESKTOP_DESCRIPTION.holds(text)
    least, most = SHORTEST_DESCRIPTION, LONGEST_DESCRIPTION
    if length >= least and not is_cut:
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
