"""Addresses that the site itself answers, where no reader would meet a page."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site
from wagtail.signals import pre_page_move

from core.publishing.gate import Problem, PublishBlocked
from core.routing import above
from delivery.once import once_per_request

TAKEN = _(
    "This address belongs to the site itself, so that nobody would see the page. "
    "Choose another."
)


def is_taken_by_the_site(url_path: str) -> bool:
    """Return whether the site answers itself where a page has this ``url_path``."""
    return any(
        _is_answered("/" + url_path[len(root.root_path) :])
        for root in Site.get_site_root_paths()
        if url_path.startswith(root.root_path) and url_path != root.root_path
    )


def _is_answered(path: str) -> bool:
    # A server in front answers for these, whatever the site's own addresses.
    if any(path.startswith(url) for url in (settings.MEDIA_URL, settings.STATIC_URL)):
        return True
    try:
        return resolve(path).view_name != "wagtail_serve"
    except Resolver404:
        return False


class OwnAddressMixin:
    """Refuses a page an address that the site answers itself."""

    path: str
    steplen: int
    url_path: str

    def get_url_parts(self, request: HttpRequest | None = None) -> Any:
        """Return what `Page.get_url_parts` does, worked out once for a request."""
        find = super().get_url_parts  # type: ignore[misc]
        key = "url_parts", self.url_path, get_language(), request
        return once_per_request(key, lambda: find(request))

    def pages_above(self) -> tuple[Page, ...]:
        """Return the pages above that may have rules for crawlers, the highest first.

        The tree's root has none.
        """
        return above(self) if len(self.path) > 2 * self.steplen else ()

    def clean(self) -> None:
        super().clean()  # type: ignore[misc]
        self._check_address()

    def minimal_clean(self) -> None:
        """Check what even a draft must have, its address too."""
        super().minimal_clean()  # type: ignore[misc]
        self._check_address()

    def save(self, clean: bool = True, **kwargs: Any) -> Any:
        """Save, and check the address of a copy, which is stored without cleaning.

        Raises:
            ValidationError: The site answers itself where the page would be.
        """
        if self._state.adding and not clean:  # type: ignore[attr-defined]
            self._check_address()
        return super().save(clean=clean, **kwargs)  # type: ignore[misc]

    def _check_address(self) -> None:
        page: Any = self
        parent = page.get_parent() if page.path else None
        if parent and is_taken_by_the_site(f"{parent.url_path}{page.slug}/"):
            raise ValidationError({"slug": TAKEN})


@receiver(pre_page_move)
def refuse_to_move(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Refuse to move a page, or one beneath it, to where the site answers itself."""
    before, after = kwargs["url_path_before"], kwargs["url_path_after"]
    if before != after and goes_where_the_site_answers(instance, after):
        raise PublishBlocked(instance, [Problem("taken-address", "block", str(TAKEN))])


def goes_where_the_site_answers(page: Any, url_path: str) -> bool:
    """Return whether the site would answer for ``page``, or one beneath it, itself.

    Args:
        page: The page as it is stored.
        url_path: Its path there.
    """
    beneath = page.get_descendants(inclusive=True).values_list("url_path", flat=True)
    length = len(page.url_path)
    return any(is_taken_by_the_site(url_path + path[length:]) for path in beneath)
