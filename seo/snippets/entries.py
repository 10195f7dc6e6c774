"""A page's entries in search results and its card on social media."""

from base64 import b64encode
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from seo.snippets import widths
from seo.snippets.printed import PrintedHead, printed
from seo.snippets.widths import Room
from seo.social_pictures.drawing import draw


@dataclass(frozen=True)
class Entry:
    """One entry in search results, cut as they cut it."""

    title: str
    description: str


@dataclass(frozen=True)
class Measure:
    """How much of its room a text takes."""

    width: int
    room: Room

    @property
    def is_cut(self) -> bool:
        return self.width > self.room.width


@dataclass(frozen=True)
class Card:
    """A card on social media."""

    title: str
    description: str
    picture: str
    alt: str


@dataclass(frozen=True)
class Snippets:
    """What readers see of a page before they open it.

    Attributes:
        trail: The address as search results print it: host, then folders.
    """

    desktop: Entry
    mobile: Entry
    card: Card
    title: Measure
    description: Measure
    trail: list[str]


def snippets(head: Any) -> Snippets:
    """Return the entries of a page with this `seo.head.Head`, as it is printed."""
    found = printed(head)
    title, description = found.title, found.first("description")
    return Snippets(
        desktop=_entry(
            title, description, widths.DESKTOP_TITLE, widths.DESKTOP_DESCRIPTION
        ),
        mobile=_entry(
            title, description, widths.MOBILE_TITLE, widths.MOBILE_DESCRIPTION
        ),
        card=_card(found, head.picture),
        title=_measure(title, widths.DESKTOP_TITLE),
        description=_measure(description, widths.DESKTOP_DESCRIPTION),
        trail=_trail(found.canonical),
    )


def _entry(title: str, description: str, line: Room, text: Room) -> Entry:
    return Entry(line.shown(title), text.shown(description))


def _measure(text: str, room: Room) -> Measure:
    # Upwards, so that what is cut is never said to fit.
    return Measure(-int(-room.measure(text) // 1), room)


def _card(found: PrintedHead, picture: Any) -> Card:
    return Card(
        title=found.first("og:title", "twitter:title") or found.title,
        description=found.first("og:description", "twitter:description", "description"),
        picture=_shown_before_it_is_published(picture)
        or found.first("og:image", "twitter:image"),
        alt=found.first("og:image:alt", "twitter:image:alt"),
    )


def _shown_before_it_is_published(picture: Any) -> str:
    """Return a picture that is drawn of the page as an address with all of it in it."""
    if picture is None or picture.said is None:
        return ""
    return f"data:image/jpeg;base64,{b64encode(draw(picture.said).content).decode()}"


def _trail(address: str) -> list[str]:
    parts = urlsplit(address)
    folders = [unquote(folder) for folder in parts.path.split("/") if folder]
    return [parts.netloc, *folders] if parts.netloc else []
