"""The admin's report on what crawlers see of every page."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import django_filters
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import PageReportView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Page, get_page_content_types
from wagtail.permissions import page_permission_policy

from seo import readers
from seo.crawling import inheriting
from seo.crawling.asking import answers, described
from seo.crawling.sentences import sentences

AT_ONCE = 500  # pages of an export

SHOWN, HIDDEN, ELSEWHERE, CLOSED, UNREACHABLE = (
    "shown",
    "hidden",
    "elsewhere",
    "closed",
    "unreachable",
)
SEEN = [
    (SHOWN, _("may be shown")),
    (HIDDEN, _("hidden by a rule for crawlers")),
    (ELSEWHERE, _("canonical elsewhere")),
    (CLOSED, _("behind a password")),
    (UNREACHABLE, _("not published")),
]


class CrawlersFilterSet(WagtailFilterSet):
    """Narrows the report by type, and by what search engines do with a page."""

    seen = django_filters.ChoiceFilter(
        label=_("In search engines"), choices=SEEN, method="filter_seen"
    )
    content_type = ContentTypeFilter(
        label=_("Type"),
        queryset=lambda request: get_page_content_types(include_base_page_type=False),
    )

    class Meta:
        model = Page
        fields = ["seen", "content_type"]

    def filter_seen(self, pages: Any, name: str, value: str) -> Any:
        reachable = readers.pages().reachable()
        if value == UNREACHABLE:
            return pages.exclude(pk__in=reachable.values("pk"))
        shown = readers.pages().shown()
        if value == CLOSED:
            return pages.filter(pk__in=reachable.values("pk")).exclude(
                pk__in=shown.values("pk")
            )
        pages = pages.filter(pk__in=shown.values("pk"))
        is_open = inheriting.open_to_search(pages)
        if value == HIDDEN:
            return pages.exclude(pk__in=is_open.values("pk"))
        is_own = Q(canonical_page_id=None, canonical_url="", alias_of=None)
        return is_open.filter(is_own) if value == SHOWN else is_open.exclude(is_own)


class CrawlersView(PageReportView):
    """Lists the pages with what a crawler sees of each, and why."""

    results_template_name = "seo/crawling/report_results.html"
    page_title = _("What crawlers see")
    header_icon = "view"
    index_url_name = "crawlers"
    index_results_url_name = "crawlers_results"
    any_permission_required = ["change", "publish"]
    filterset_class = CrawlersFilterSet
    export_headings = {
        **PageReportView.export_headings,
        "full_url": _("Address"),
        "verdict": _("What is seen"),
        "decided_on": _("Decided on"),
        "robots_meta": _("Robots"),
        "canonical": _("Canonical address"),
        "in_sitemap": _("In the sitemap"),
        "contradictions": _("Contradictions"),
    }
    list_export = [
        "title",
        "full_url",
        "content_type.model_class._meta.verbose_name.title",
        "verdict",
        "decided_on",
        "robots_meta",
        "canonical",
        "in_sitemap",
        "contradictions",
    ]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [
            HeaderButton(
                _("Ask about an address"), reverse("crawled_address"), icon_name="view"
            )
        ]

    def get_queryset(self) -> Any:
        own = page_permission_policy.instances_user_has_any_permission_for(
            self.request.user, self.any_permission_required
        )
        self.queryset = (
            described(own.filter(depth__gt=1))
            .select_related("content_type")
            .prefetch_workflow_states()
            .annotate_approved_schedule()
            .order_by("path")
        )
        return super().get_queryset()

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        if self.is_export:
            return _in_parts(object_list.iterator(chunk_size=AT_ONCE))
        return list(_seen(list(object_list)))


def _in_parts(pages: Iterator[Any]) -> Iterator[Any]:
    while part := list(islice(pages, AT_ONCE)):
        yield from _seen(part)


def _seen(pages: list[Any]) -> Iterator[Any]:
    """Yield the pages with what the columns show."""
    found = answers([page.pk for page in pages])
    for page in pages:
        answer = found.get(page.pk)
        if answer is None:
            continue  # a page type of others
        decided = answer.decided_on
        page.verdict = next(sentences(answer))
        page.decided_on = decided.title if decided else ""
        page.robots_meta = str(answer.rules)
        page.canonical = answer.elsewhere or answer.address
        page.is_elsewhere = bool(answer.elsewhere)
        page.in_sitemap = answer.in_sitemap
        page.contradictions = " ".join(answer.contradictions)
        yield page


class CrawlersMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(
            page_permission_policy.user_has_any_permission(
                request.user, CrawlersView.any_permission_required
            )
        )
