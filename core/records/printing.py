"""Which published pages print a record, such as a topic or a reference."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext
from wagtail.models import Page, ReferenceIndex

from core.records.catching_up import catch_up

PERMISSION = "core.change_printed_records"


_also_print: list[Callable[[list[Any]], Iterable[int]]] = []


def register(finds: Callable[[list[Any]], Iterable[int]]) -> None:
    """Let an app above name pages, by their keys, that print records by a query.

    Such as a list of all topics, which refers to none of them.
    """
    _also_print.append(finds)


def may_change_printed(user: Any) -> bool:
    """Return whether ``user`` may change records that published pages print."""
    return bool(user.has_perm(PERMISSION))


def why_refused() -> str:
    """Return why somebody else has to change a record, and whom to ask."""
    return gettext(
        "Published pages print this, so a change alters them at once. You may change "
        "what no published page prints yet. Ask a moderator to make this change; "
        "nothing was saved, and what you typed is still here."
    )


def why_not_yet() -> str:
    """Return why nobody can change a record while `catch_up` has not done all."""
    return gettext(
        "Nothing is changed yet. Much was saved or imported a moment ago, and it is "
        "not known yet which pages print this. Wait a minute and try again."
    )


def pages_printing(records: Iterable[Any]) -> list[Page]:
    """Return the published pages that print any of these, by their titles.

    They refer to it or list it (`register`). Also by way of another record, as a story
    does that shows a person's treatment. Those that were published a moment ago are
    among them. Where `catch_up` cannot do all, some are missing: whoever decides by
    this asks that first.
    """
    catch_up()
    return pages_read(records)


def pages_read(records: Iterable[Any]) -> list[Page]:
    """Return the same without `catch_up`, for who has asked that."""
    records = list(records)
    page_type = ContentType.objects.get_for_model(Page).pk
    frontier = {
        (ContentType.objects.get_for_model(each).pk, str(each.pk)) for each in records
    }
    seen = set(frontier)
    pages = {str(pk) for finds in _also_print for pk in finds(records)}
    while frontier:
        referring: set[tuple[int, str]] = set()
        for content_type, key in frontier:
            entries = ReferenceIndex.objects.filter(
                to_content_type=content_type, to_object_id=key
            )
            referring |= set(entries.values_list("base_content_type", "object_id"))
        pages |= {key for content_type, key in referring if content_type == page_type}
        frontier = {
            each for each in referring if each[0] != page_type and each not in seen
        }
        seen |= frontier
    return list(Page.objects.live().filter(pk__in=pages).order_by("title", "pk"))
