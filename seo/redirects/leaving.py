"""Where readers of a page go that is deleted or taken down.

A type of page whose addresses may tell who somebody was has ``keeps_old_addresses``
False: of its pages nothing is kept, and their own app says what readers get.
"""

from collections.abc import Iterable
from itertools import chain
from typing import Any
from urllib.parse import unquote

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.db.models.signals import post_delete, pre_delete
from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site, get_page_models

from seo import readers
from seo.redirects.addresses import canonical_path, exact
from seo.redirects.models import Replacement
from seo.redirects.writing import (
    CHUNK,
    addresses_at,
    in_chunks,
    seen_in,
    sites_above,
    write,
)

_DEEPEST = 12  # steps of an address; no page that leaves no trace lies deeper


def nearest_page(page: Page, without: Iterable[Page] = ()) -> Page | None:
    """Return the lowest page above ``page`` that readers get, outside ``without``."""
    gone = [page.path, *(each.path for each in without)]
    step = Page.steplen  # the root of the tree has no address
    above = [page.path[:end] for end in range(2 * step, len(page.path), step)]
    staying = [path for path in above if not path.startswith(tuple(gone))]
    found: Page | None = (
        readers.pages().shown().filter(path__in=staying).order_by("-path").first()
    )
    return found


def was_seen(branch: Page) -> bool:
    """Return whether readers have seen anything of ``branch`` that may be kept."""
    return bool(_kept(seen_in(branch)).exists())


def keeps_addresses(page: Page) -> bool:
    """Return whether anything of the page may be kept once it is gone."""
    return page.content_type_id not in _forgotten_types()


def leaves_no_trace(site: Site, path: str) -> bool:
    """Return whether a page of which nothing is kept stands at ``path``, or stood.

    Or above it. Readers may get it or not.
    """
    steps = [step for step in unquote(path).split("/") if step][:_DEEPEST]
    spellings = [steps, [step.lower() for step in steps]]
    whole = [
        f"{site.root_page.url_path}{'/'.join(some[:end])}/"
        for some in spellings
        for end in range(1, len(steps) + 1)
    ]
    pages = Page.objects.filter(content_type__in=_forgotten_types())
    # The slug has an index, the address has none.
    if pages.filter(slug__in=chain(*spellings), url_path__in=whole).exists():
        return True
    old = Redirect.objects.filter(old_path=exact(canonical_path(path)))
    return bool(old.filter(redirect_page__in=pages).exists())


def leave_deleted(branch: Page, successor: Page | None) -> None:
    """Send readers of ``branch``, about to be deleted, to ``successor``.

    With None they are told that it is gone. What led to a page of the branch leads
    there as well.
    """
    pages = Page.objects.filter(path__startswith=branch.path)
    led_there = Redirect.objects.filter(redirect_page__path__startswith=branch.path)
    led_there.filter(redirect_page__content_type__in=_forgotten_types()).delete()
    led_there.update(redirect_page=successor, redirect_page_route_path="")
    Replacement.objects.filter(successor__in=pages).update(successor=successor)
    sites = sites_above(branch.url_path)
    target = successor.pk if successor else None
    paths = _kept(seen_in(branch)).values_list("url_path", flat=True)
    for some in in_chunks(paths.iterator(chunk_size=CHUNK)):
        write({each: target for path in some for each in addresses_at(path, sites)})


def leave_unpublished(pages: Any, successor: Page | None) -> None:
    """Send readers of ``pages`` to ``successor`` whenever they are not published.

    Those of their aliases, too, which are taken down with them.
    """
    numbers = dict.fromkeys(_kept(pages).values_list("pk", flat=True))
    found = list(numbers)
    while found:
        aliases = [
            pk
            for some in in_chunks(found)
            for pk in _kept(Page.objects.filter(alias_of__in=some)).values_list(
                "pk", flat=True
            )
        ]
        found = [pk for pk in aliases if pk not in numbers]
        numbers |= dict.fromkeys(found)
    for some in in_chunks(numbers):
        Replacement.objects.bulk_create(
            [Replacement(page_id=page, successor=successor) for page in some],
            update_conflicts=True,
            unique_fields=["page"],
            update_fields=["successor"],
        )


@receiver(pre_delete, sender=Redirect)
def read_where_it_led(
    sender: type[Any], instance: Redirect, origin: Any = None, **kwargs: Any
) -> None:
    """Read the page while it is there: it may be deleted before its redirect."""
    if _goes_with_a_page(origin):
        _ = instance.redirect_page


@receiver(post_delete, sender=Redirect)
def keep_what_led_to_a_deleted_page(
    sender: type[Any], instance: Redirect, origin: Any = None, **kwargs: Any
) -> None:
    """Keep a redirect that is deleted with its page; it says that the page is gone.

    Whoever deletes a page without having been asked, such as a program, comes here.
    """
    if not _goes_with_a_page(origin):
        return
    page = instance.redirect_page
    if page is None or page.content_type_id in _forgotten_types():
        return
    if instance.site_id and not _stays(instance.site_id, origin):
        return
    Redirect.objects.bulk_create(
        [
            Redirect(
                old_path=instance.old_path,
                site_id=instance.site_id,
                automatically_created=instance.automatically_created,
            )
        ],
        ignore_conflicts=True,
    )


def _goes_with_a_page(origin: Any) -> bool:
    model = origin.model if isinstance(origin, QuerySet) else type(origin)
    return issubclass(model, Page)


def _stays(site_pk: int, origin: Any) -> bool:
    """Return whether a site does not go with its front page."""
    site = Site.objects.select_related("root_page").filter(pk=site_pk).first()
    if site is None:
        return False
    if isinstance(origin, QuerySet):
        return not origin.filter(pk=site.root_page_id).exists()
    return not site.root_page.path.startswith(origin.path)


def _kept(pages: Any) -> Any:
    return pages.exclude(content_type__in=_forgotten_types())


def _forgotten_types() -> list[int]:
    """Return the numbers of the content types of pages that leave no trace."""
    models = [
        model
        for model in get_page_models()
        if not getattr(model, "keeps_old_addresses", True)
    ]
    return [each.pk for each in ContentType.objects.get_for_models(*models).values()]
