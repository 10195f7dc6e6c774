"""The switches of the release before, kept in step with the rules for one release.

That release runs until an upgrade is done, and again after a rollback. They are fields
of each page, whose `save` writes its own rules to them; of what a page inherits they
know only after `write`.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Q
from wagtail.models import Page

from seo.crawling import inheriting, stored
from seo.crawling.rules import BLANK, FIELDS, INHERITED, NO, Rules, rules_of

_AT_ONCE = 500  # rows of a statement


@transaction.atomic
def write() -> int:
    """Set the switches of all pages to the rules that hold, inherited ones as well.

    For the release before, right before it runs again.

    Returns:
        How many pages have changed.
    """
    count = 0
    sections = _sections()
    for model in inheriting.page_types():
        changed: dict[tuple[bool, ...], list[int]] = defaultdict(list)
        for page, rules in _with_rules(model.objects.all(), sections):
            said: tuple[bool, ...] = (
                rules.noindex,
                rules.follow.value == NO,
                rules.nosnippet,
            )
            if said != tuple(getattr(page, name) for name in stored.SWITCHES):
                changed[said].append(page.pk)
        for said, keys in changed.items():
            _update(model, keys, dict(zip(stored.SWITCHES, said, strict=True)))
            count += len(keys)
    return count


@transaction.atomic
def read() -> int:
    """Choose what the release before has switched on, and what no rule says yet.

    Right after it ran. What no longer stands in a switch stays chosen: nothing is
    opened to search engines unasked. A second run changes nothing.

    Returns:
        How many pages have changed.
    """
    count = 0
    sections = _sections()
    for model in inheriting.page_types():
        changed: dict[tuple[tuple[str, Any], ...], list[int]] = defaultdict(list)
        on = Q(*((name, True) for name in stored.SWITCHES), _connector=Q.OR)
        for page, rules in _with_rules(model.objects.filter(on), sections):
            if said := _not_said_yet(page, rules):
                changed[tuple(said.items())].append(page.pk)
        for choices, keys in changed.items():
            _update(model, keys, dict(choices))
            count += len(keys)
        stored.keep_in_step(model.objects.all())
    return count


def _not_said_yet(page: Any, rules: Rules) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if page.robots_noindex and page.robots_index == "" and not rules.noindex:
        said["robots_index"] = NO
    if page.robots_nofollow and page.robots_follow == "" and rules.follow.value != NO:
        said["robots_follow"] = NO
    if (
        page.robots_nosnippet
        and page.robots_max_snippet is None
        and not rules.nosnippet
    ):
        said["robots_max_snippet"] = 0
    # A switch was for one page; what the page hands on already goes on being so.
    if said and all(getattr(page, name) in BLANK for name in INHERITED):
        said["robots_branch"] = False
    return said


def _sections() -> dict[str, Any]:
    """Return by path the pages that have pages below, in one query."""
    sections = Page.objects.filter(numchild__gt=0)
    rows = inheriting.with_rules(sections).values_list("path", *FIELDS, named=True)
    return {row.path: row for row in rows}


def _with_rules(pages: Any, sections: dict[str, Any]) -> Iterator[tuple[Any, Rules]]:
    """Yield rows with the rules that hold for them, in one query."""
    names = ("pk", "path", *FIELDS, *stored.SWITCHES)
    for page in pages.order_by().values_list(*names, named=True).iterator():
        lengths = range(Page.steplen, len(page.path), Page.steplen)
        above = (sections.get(page.path[:length]) for length in lengths)
        yield page, rules_of(page, [each for each in above if each is not None])


def _update(model: Any, keys: list[int], values: dict[str, Any]) -> None:
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        model.objects.filter(pk__in=some).update(**values)
