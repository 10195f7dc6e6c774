"""Feeds that every page's head points at. The apps that offer them announce them."""

from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Site

_announced: list[tuple[str, str, str]] = []


class Feed(NamedTuple):
    """A feed as a link element names it."""

    title: str
    url: str
    media_type: str


def announce_feed(title: str, url_name: str, media_type: str) -> None:
    """Have every page point at a feed; call it in an ``AppConfig.ready``."""
    announcement = (title, url_name, media_type)
    if announcement not in _announced:
        _announced.append(announcement)


def feeds(request: HttpRequest | None) -> list[Feed]:
    """Return the announced feeds, with absolute addresses where the site is known."""
    site = Site.find_for_request(request) if request else None
    root_url = site.root_url if site else ""
    return [
        Feed(title, root_url + reverse(url_name), media_type)
        for title, url_name, media_type in _announced
    ]
