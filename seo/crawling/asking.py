"""Asks for everything that a crawler sees of pages.

The head prints the same rules and canonical address, the sitemap lists by the same
conditions; the panel in the editor, the report and IndexNow ask here.
"""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from seo import readers
from seo.crawling import canonical, inheriting
from seo.crawling.answer import Answer
from seo.crawling.contradictions import contradictions
from seo.crawling.robots_txt.closing import Closed
from seo.crawling.rules import rules_of

NOT_WELCOME = "noindex, nofollow"


def described(pages: Any) -> Any:
    """Annotate plain pages of all types with their rules and canonical addresses."""
    own = ("canonical_url", "canonical_page_id")
    pages = inheriting.with_rules(pages)
    return pages.annotate(**{name: inheriting.of_any_type(name) for name in own})


def answers(pks: Collection[int], *, follow: bool = True) -> dict[int, Answer]:
    """Return what a crawler sees of pages, in queries that do not grow with them.

    Args:
        pks: The pages, as many as are shown at once.
        follow: Whether pages at canonical addresses are asked about, too.
    """
    pages = list(described(Page.objects.filter(pk__in=pks)))
    pages = [page for page in pages if page.robots_branch is not None]  # not the root
    asked = _Asked(pages)
    found = {page.pk: asked.answer(page) for page in pages}
    if follow:
        _follow(found, asked)
    return found


def answer(page: Any) -> Answer | None:
    """Return what a crawler sees of one page as it is published."""
    return answers([page.pk]).get(page.pk)


class _Asked:
    """What the database says of some pages."""

    def __init__(self, pages: list[Any]) -> None:
        pks = [page.pk for page in pages]
        step = Page.steplen
        paths = {p.path[:n] for p in pages for n in range(step, len(p.path) + 1, step)}
        tree = inheriting.with_rules(Page.objects.filter(path__in=paths))
        self.tree = {page.path: page for page in tree}
        self.reachable = _keys(readers.pages().reachable(), pks)
        private = readers.pages().marked_private().filter(path__in=paths)
        self.passwords = set(private.values_list("pk", flat=True))
        chosen = {
            pk for page in pages for pk in (page.canonical_page_id, page.alias_of_id)
        }
        targets = readers.pages().reachable().filter(pk__in=chosen - {None})
        self.targets = {page.pk: page for page in targets}
        self.listed = _listed(pages)
        self.closed = Closed()

    def above(self, page: Any) -> list[Any]:
        step = Page.steplen
        ends = range(step, len(page.path), step)
        return [
            self.tree[page.path[:end]] for end in ends if page.path[:end] in self.tree
        ]

    def target(self, page: Any) -> Any:
        return self.targets.get(canonical.chosen_key(page))

    def answer(self, page: Any) -> Answer:
        above = self.above(page)
        asks = (each for each in (*above, page) if each.pk in self.passwords)
        target = self.target(page)
        address = page.full_url or ""
        return Answer(
            page=page,
            address=address,
            is_reachable=page.pk in self.reachable,
            password=next(asks, None),
            rules=rules_of(page, above),
            header="" if settings.SEARCH_ENGINES_ALLOWED else NOT_WELCOME,
            closed_by=self.closed.line(address),
            elsewhere=(
                (target.full_url or "") if target else canonical.typed_elsewhere(page)
            ),
            in_sitemap=page.pk in self.listed and not canonical.typed_elsewhere(page),
        )


def _follow(found: dict[int, Answer], asked: _Asked) -> None:
    """Add the answers about canonical pages, and what contradicts itself."""
    targets = {pk: asked.target(each.page) for pk, each in found.items()}
    others = answers({t.pk for t in targets.values() if t}, follow=False)
    hidden = [pk for pk, each in found.items() if each.address and not each.is_shown]
    named = named_as_canonical(hidden)
    for pk, each in found.items():
        target = targets[pk]
        each.canonical = others.get(target.pk) if target else None
        each.contradictions = list(contradictions(each, named.get(pk, 0)))


def _keys(pages: Any, pks: Collection[int]) -> set[int]:
    return set(pages.filter(pk__in=pks).values_list("pk", flat=True))


def _listed(pages: list[Any]) -> set[int]:
    """Return which of the pages the sitemap asks for its entries."""
    types: dict[int, list[int]] = {}
    for page in pages:
        types.setdefault(page.content_type_id, []).append(page.pk)
    listed: set[int] = set()
    shown = readers.pages().shown().originals()
    for kind, pks in types.items():
        model: Any = ContentType.objects.get_for_id(kind).model_class()
        own = model.objects.filter(pk__in=pks)
        own = own.filter(pk__in=shown.filter(pk__in=pks).values("pk"))
        listed |= set(model.in_sitemap(own).values_list("pk", flat=True))
    return listed


def named_as_canonical(pks: list[int]) -> dict[int, int]:
    """Return how many other pages name each of the pages as their canonical one."""
    if not pks:
        return {}
    first, *others = (
        model._base_manager.order_by()
        .filter(canonical_page__in=pks)
        .values_list("canonical_page_id", "pk")
        for model in inheriting.page_types()
    )
    named: dict[int, int] = {}
    for target, pk in first.union(*others, all=True):
        named[target] = named.get(target, 0) + (target != pk)
    return named
