"""The registry of feeds that every page's head links to."""

from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from wagtail.models import Site

_announced: list[tuple[str | Promise, str, str]] = []


class Feed(NamedTuple):
    """A feed as a link element names it."""

    title: str
    url: str
    media_type: str


def announce_feed(title: str | Promise, url_name: str, media_type: str) -> None:
    """Link every page to a feed; call it in ``AppConfig.ready``."""
    announcement = (title, url_name, media_type)
    if announcement not in _announced:
        _announced.append(announcement)


def feeds(request: HttpRequest | None) -> list[Feed]:
    """Return the announced feeds, with absolute addresses where the site is known."""
    site = Site.find_for_request(request) if request else None
    root_url = site.root_url if site else ""
    return [
        Feed(str(title), root_url + reverse(url_name), media_type)
        for title, url_name, media_type in _announced
    ]
