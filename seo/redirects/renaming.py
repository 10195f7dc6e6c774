"""Redirects from old addresses of pages, written with the change itself.

Wagtail's own handlers are off (``WAGTAILREDIRECTS_AUTO_CREATE``): they come after the
commit, with a statement that SQLite refuses for a section of 1,000 pages, and they also
redirect from drafts nobody has seen, which tells what a draft was called. Here they are
part of the transaction that renames or moves: all of it is done, or nothing.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from wagtail.models import Page

from seo.redirects.writing import (
    CHUNK,
    addresses_at,
    forget,
    in_chunks,
    seen_in,
    sites_above,
    write,
)

_BEFORE = "_address_before"
_FIELDS = {"slug", "url_path"}


@receiver(pre_save)
def note_the_old_address(
    sender: type[Any],
    instance: Any,
    raw: bool = False,
    update_fields: frozenset[str] | None = None,
    **kwargs: Any,
) -> None:
    """Note where a page stands in the database that is saved with another address."""
    if raw or not isinstance(instance, Page) or not instance.pk:
        return
    if update_fields is not None and not _FIELDS & set(update_fields):
        return
    stored = Page.objects.filter(pk=instance.pk)
    before = stored.values("url_path", "live", "first_published_at").first()
    if before and before["url_path"] != instance.url_path:
        instance.__dict__[_BEFORE] = before


@receiver(post_save)
def redirect_from_the_old_address(
    sender: type[Any], instance: Any, raw: bool = False, **kwargs: Any
) -> None:
    """Redirect from the old addresses of a page and of all beneath it.

    Wagtail writes the new ones of what is beneath it after this, in one transaction.
    """
    if raw or not (before := instance.__dict__.pop(_BEFORE, None)):
        return
    old, new = before["url_path"], instance.url_path
    # `save(update_fields=["slug"])` leaves it, and changes all that is beneath.
    Page.objects.filter(pk=instance.pk).update(url_path=new)
    sites_before, sites_after = sites_above(old), sites_above(new)
    was_seen = before["live"] or before["first_published_at"] is not None
    for pages in in_chunks(_seen(instance, old, was_seen=was_seen)):
        forget(
            [
                address
                for _pk, path in pages
                for address in addresses_at(new + path[len(old) :], sites_after)
            ]
        )
        write(
            {
                address: pk
                for pk, path in pages
                for address in addresses_at(path, sites_before)
            }
        )


def _seen(page: Page, old: str, *, was_seen: bool) -> Iterator[tuple[int, str]]:
    """Yield number and old address of each page that readers see, or once saw."""
    if was_seen:
        yield page.pk, old
    beneath = seen_in(page).exclude(pk=page.pk).values_list("pk", "url_path")
    for pk, path in beneath.iterator(chunk_size=CHUNK):
        if path.startswith(old):
            yield pk, path
