"""QuerySet of pages of any type."""

from collections.abc import Callable
from typing import Any

from django.db.models import (
    BooleanField,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Value,
)
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet

_withheld: list[Callable[[], Any]] = []


def withhold(pages: Callable[[], Any]) -> None:
    """Hide the pages of the queryset that ``pages()`` returns from all readers.

    For published pages that may not be shown now, such as a story without consent.
    """
    _withheld.append(pages)


def not_past() -> Q:
    """Return the condition that a page's time is not over.

    Wagtail unpublishes a page when a timer next runs. It is gone for readers before.
    """
    return Q(expire_at=None) | Q(expire_at__gt=timezone.now())


def is_past(page: Any) -> bool:
    """Return whether the time of ``page`` is over."""
    return bool(page.expire_at and page.expire_at <= timezone.now())


class PublicPageQuerySet(PageQuerySet):
    """Pages, with view restrictions checked in the same query."""

    def live(self) -> "PublicPageQuerySet":
        """Return the published pages whose time is not over."""
        return super().live().filter(not_past())

    def originals(self) -> "PublicPageQuerySet":
        """Return the pages without aliases of a published one, for lists of all."""
        return self.exclude(alias_of__live=True)

    def public(self) -> "PublicPageQuerySet":
        """Return the pages without view restrictions."""
        return self.exclude(Exists(_restrictions()))

    def shown(self) -> "PublicPageQuerySet":
        """Return the published pages that anyone may read now."""
        return self.live().public().exclude(_is_withheld())

    def with_visibility(self) -> "PublicPageQuerySet":
        """Annotate ``is_restricted`` and ``is_withheld``."""
        return self.annotate(
            is_restricted=Exists(_restrictions()),
            is_withheld=ExpressionWrapper(_is_withheld(), BooleanField()),
        )


def _restrictions() -> Any:
    return PageViewRestriction.objects.alias(
        restricted=ExpressionWrapper(OuterRef("path"), CharField())
    ).filter(restricted__startswith=F("page__path"))


def _is_withheld() -> Q:
    condition = Q(Value(False))
    for pages in _withheld:
        condition |= Q(Exists(pages().filter(pk=OuterRef("pk"))))
    return condition
