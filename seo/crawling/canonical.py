"""The canonical address of a page: its own, another page's, or one that was typed."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from seo import readers
from seo.crawling import addresses


def elsewhere(page: Any) -> str:
    """Return the canonical address of ``page`` unless it is its own; "" then.

    A chosen page that readers cannot reach counts for nothing.
    """
    if (target := canonical_page(page)) is not None:
        return target.full_url or ""
    return typed_elsewhere(page)


def canonical_page(page: Any) -> Page | None:
    """Return the other page whose address is canonical, None without any."""
    if not (key := chosen_key(page)):
        return None
    target: Page | None = readers.pages().reachable().filter(pk=key).first()
    return target


def chosen_key(page: Any) -> int | None:
    """Return the key of the other page that was chosen as canonical.

    That is an alias's original where neither names another address.
    """
    chosen: int | None = page.canonical_page_id
    if not chosen or chosen == page.pk:
        chosen = None if page.canonical_url else page.alias_of_id
    return chosen


def typed_elsewhere(page: Any) -> str:
    """Return the canonical address that was typed, "" for the page's own."""
    typed: str = page.canonical_url
    return "" if not typed or is_own(page, typed) else typed


def is_own(page: Any, text: str) -> bool:
    """Return whether ``text`` is the address of ``page``, in any spelling."""
    parts = page.get_url_parts()
    if parts is None:
        return False
    try:
        return addresses.read(text) == addresses.read(f"{parts[1]}{parts[2]}")
    except ValueError:
        return False


def own(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Return those of ``pages`` whose canonical page is no other."""
    reachable = readers.pages().reachable().filter(pk=OuterRef("canonical_page"))
    return pages.exclude(
        Q(canonical_page__isnull=False)
        & ~Q(canonical_page=F("pk"))
        & Q(Exists(reachable))
    )


def page_at(text: str) -> tuple[bool, Page | None]:
    """Return whether an address is on a site of ours, and the page there.

    Redirects are followed, and drafts are pages.
    """
    address = addresses.read(text)
    root = addresses.own_roots().get(address.host)
    if root is None:
        return False, None
    url_path = root + addresses.comparable(address.path).lstrip("/")
    found = Page.objects.filter(url_path__iexact=url_path).first()
    return True, found or _redirected(urlsplit(text).path)


def _redirected(path: str) -> Page | None:
    old = Redirect.objects.filter(old_path=Redirect.normalise_path(path))
    redirect = old.select_related("redirect_page").first()
    return redirect.redirect_page if redirect else None


def checked(page: Any, text: str) -> tuple[Page | None, str]:
    """Check a canonical address that was typed for ``page``.

    Returns:
        The page of ours that it leads to, or the address on another site; neither
        where it is the page's own.

    Raises:
        ValidationError: A sentence says what to do.
    """
    addresses.check(text)
    if is_own(page, text):
        return None, ""
    is_ours, target = page_at(text)
    if not is_ours:
        return None, text
    if target is None:
        raise ValidationError(_("There is no page at this address."))
    if target.pk == page.pk:
        return None, ""
    check_page(page, target)
    return target, ""


def check_page(page: Any, target: Page) -> None:
    """Check that the address of ``target`` may be the canonical one of ``page``.

    Raises:
        ValidationError: A sentence says what to do.
    """
    if target.alias_of_id and target.alias_of_id == page.pk:
        raise ValidationError(
            _("“{title}” is an alias of this page, which is its original.").format(
                title=target.title
            )
        )
    if _leads_back(page, target):
        raise ValidationError(
            _(
                "The canonical page of “{title}” leads back to this page, so search "
                "engines would be shown neither. Change it there first."
            ).format(title=target.title)
        )
    if not readers.pages().reachable().filter(pk=target.pk).exists():
        raise ValidationError(
            _("“{title}” is not published, so its address cannot be named.").format(
                title=target.title
            )
        )


def _leads_back(page: Any, target: Page) -> bool:
    """Return whether canonical pages lead from ``target`` back to ``page``."""
    seen: set[int] = set()
    key: int | None = target.pk
    while key is not None and key not in seen:
        seen.add(key)
        found = Page.objects.filter(pk=key).specific().first()
        if not hasattr(found, "canonical_page_id"):
            return False
        key = chosen_key(found)
        if key is not None and key == page.pk:
            return True
    return False
