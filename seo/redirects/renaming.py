"""Redirects from old addresses of pages.

Wagtail's own handlers are off (``WAGTAILREDIRECTS_AUTO_CREATE``): they also redirect
from drafts nobody has seen, which tells what a draft was called, and leave redirects at
addresses that are in use again, which lead in circles once the page is taken down.
"""

from collections.abc import Iterator
from copy import copy
from typing import Any

from django.db.models import Q
from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.signal_handlers import create_redirects
from wagtail.models import Page, Site
from wagtail.signals import page_slug_changed, post_page_move


@receiver(page_slug_changed)
def redirect_after_slug_change(
    sender: type[Page], instance: Page, instance_before: Page, **kwargs: Any
) -> None:
    """Redirect from the old addresses of a page and its descendants."""
    was_public = instance_before.live or bool(instance_before.first_published_at)
    _redirect(instance, instance_before.url_path, was_public=was_public)


@receiver(post_page_move)
def redirect_after_move(
    sender: type[Page],
    instance: Page,
    url_path_before: str,
    url_path_after: str,
    **kwargs: Any,
) -> None:
    """Redirect from the old addresses of a moved page and its descendants."""
    if url_path_before != url_path_after:
        _redirect(instance.specific, url_path_before, was_public=True)


def _redirect(page: Page, url_path_before: str, *, was_public: bool) -> None:
    for moved, old_path in _public(page, url_path_before, was_public=was_public):
        before = copy(moved)
        before.url_path = old_path
        sites = list(_sites_of_both(moved, before))
        create_redirects(page=moved, page_old=before, sites=sites)
        _free_addresses(moved, sites)
        _flatten(moved, before, sites)


def _public(
    page: Page, url_path_before: str, *, was_public: bool
) -> Iterator[tuple[Page, str]]:
    """Yield the page, or the topmost live descendants of an unpublished one.

    Readers reach live pages under a draft, so their old addresses count.
    """
    if page.live and was_public:
        yield page, url_path_before
        return
    for child in page.get_children().specific():
        yield from _public(child, f"{url_path_before}{child.slug}/", was_public=True)


def _sites_of_both(page: Page, before: Page) -> Iterator[Site]:
    """Yield the sites that contain both addresses."""
    for site in Site.objects.select_related("root_page").exclude(root_page=page):
        root = site.root_page.url_path
        if page.url_path.startswith(root) and before.url_path.startswith(root):
            yield site


def _old_path(url_path: str, site: Site) -> str:
    path = "/" + url_path[len(site.root_page.url_path) :]
    return str(Redirect.normalise_path(path))


def _free_addresses(page: Page, sites: list[Site]) -> None:
    """Delete automatic redirects from addresses that pages now use."""
    beneath = page.get_descendants(inclusive=True).values_list("url_path", flat=True)
    taken = Q()
    for site in sites:
        paths = [_old_path(url_path, site) for url_path in beneath]
        taken |= Q(site=site, old_path__in=paths)
    if taken:
        Redirect.objects.filter(taken, automatically_created=True).delete()


def _flatten(page: Page, before: Page, sites: list[Site]) -> None:
    """Point typed redirects to the old address at the page itself."""
    for site in sites:
        old = site.root_url + _old_path(before.url_path, site)
        Redirect.objects.filter(redirect_link__in=[old, f"{old}/"]).update(
            redirect_link="", redirect_page=page
        )
