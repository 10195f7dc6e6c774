"""What the site asks of pages of any type."""

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
from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet

_withheld: list[Callable[[], Any]] = []


def withhold(pages: Callable[[], Any]) -> None:
    """Have the pages that ``pages()`` returns, a queryset, shown to no reader.

    For published pages that may not be shown now, such as a story without consent.
    """
    _withheld.append(pages)


class PublicPageQuerySet(PageQuerySet):
    """Pages, with restrictions asked in the same query instead of one before."""

    def public(self) -> "PublicPageQuerySet":
        """Return the pages that nobody needs to log in or type a password for."""
        return self.exclude(Exists(_restrictions()))

    def shown(self) -> "PublicPageQuerySet":
        """Return the published pages that anyone may read at present."""
        return self.live().public().exclude(_is_withheld())

    def with_visibility(self) -> "PublicPageQuerySet":
        """Annotate ``is_restricted``, for some only, and ``is_withheld``."""
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
