"""The admin's reports: what is wrong with links, and how readers get to pages."""

from typing import Any

import django_filters
from django.contrib import messages
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from seo import readers
from seo.links.absent import is_deleted
from seo.links.models import Link, LinkTarget, LinkWalk
from seo.links.tasks import ask_for_a_look

Verdict = LinkTarget.Verdict
_FINE = (Verdict.FINE, Verdict.UNKNOWN)
_ACTIONS = {"change", "publish"}
AGAIN, STOP = "again", "stop"


def _may_see(request: HttpRequest) -> bool:
    return bool(page_permission_policy.user_has_any_permission(request.user, _ACTIONS))


class _Report(ReportView):
    """What both share: who may see them, and the walk that they come from."""

    permission_policy = page_permission_policy
    any_permission_required = sorted(_ACTIONS)
    is_searchable = False
    results_template_name = "seo/links/results.html"

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(*args, **kwargs),
            "walk": LinkWalk.objects.last(),
            "walked": LinkWalk.objects.exclude(finished_at=None).last(),
            "look_url": reverse("look_at_links"),
        }

    def _own(self) -> Any:
        """Return the pages that the user may do something about."""
        return page_permission_policy.instances_user_has_any_permission_for(
            self.request.user, _ACTIONS
        )


class LinkFilterSet(WagtailFilterSet):
    """Narrows the report on links."""

    verdict = django_filters.ChoiceFilter(
        field_name="target__verdict",
        label=_("What is there"),
        choices=[each for each in Verdict.choices if each[0] not in _FINE],
    )
    is_external = django_filters.BooleanFilter(
        field_name="target__is_external", label=_("To another site")
    )

    class Meta:
        model = Link
        fields: list[str] = []


class LinksView(_Report):
    """Lists links that lead nowhere, on, or to another place than was meant."""

    model = Link
    page_title = _("Links that need a look")
    header_icon = "link"
    index_url_name = "links_report"
    index_results_url_name = "links_report_results"
    filterset_class = LinkFilterSet
    columns = [
        TitleColumn("place", label=_("On"), get_url=lambda link: link.edit_url),
        Column("words", label=_("Words of the link")),
        Column("address", label=_("Leads to"), accessor="address"),
        Column("verdict", label=_("What is there"), accessor="verdict"),
    ]
    list_export = ["place", "words", "address", "verdict", "target.leads_to"]
    export_headings = {
        "place": _("On"),
        "words": _("Words of the link"),
        "address": _("Leads to"),
        "verdict": _("What is there"),
        "target.leads_to": _("Redirected to"),
    }

    def get_queryset(self) -> "QuerySet[Link]":
        links = Link.objects.exclude(target__verdict__in=_FINE)
        mine = Q(is_everywhere=True) | Q(page__in=self._own().values("pk"))
        found = links.filter(mine).select_related("page", "target")
        return found.order_by("-is_everywhere", "page__path", "pk")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        links = list(object_list)
        for link in links:
            edit = reverse("wagtailadmin_pages:edit", args=[link.page_id])
            title = link.page.get_admin_display_title()
            link.place = _("Every page") if link.is_everywhere else title
            link.edit_url = None if link.is_everywhere else edit
            link.verdict = _said(link.target)
            link.address = link.target.address
            if is_deleted(link.address):
                link.address = gettext("a page that was deleted")
        return links


def _said(target: LinkTarget) -> str:
    verdict = target.get_verdict_display()
    if target.leads_to:
        return gettext("{verdict} to {address}").format(
            verdict=verdict, address=target.leads_to
        )
    if target.verdict == Verdict.FAILED and target.failures > 1:
        return gettext("{verdict}, {count} times in a row").format(
            verdict=verdict, count=target.failures
        )
    return str(verdict)


class ReachFilterSet(WagtailFilterSet):
    """Narrows the report on how readers get to pages."""

    orphans = django_filters.BooleanFilter(
        field_name="link_reach__depth",
        lookup_expr="isnull",
        label=_("No link leads there"),
    )
    deeper_than = django_filters.NumberFilter(
        field_name="link_reach__depth", lookup_expr="gt", label=_("More clicks than")
    )

    class Meta:
        model = Page
        fields: list[str] = []


class ReachView(_Report):
    """Lists pages by clicks from the front page, those without a link first."""

    model = Page
    page_title = _("How readers get to pages")
    header_icon = "site"
    index_url_name = "reach_report"
    index_results_url_name = "reach_report_results"
    filterset_class = ReachFilterSet
    columns = [
        TitleColumn(
            "title",
            label=_("Title"),
            accessor="get_admin_display_title",
            get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk]),
        ),
        Column("depth", label=_("Clicks from the front page"), accessor="clicks"),
        Column("inbound", label=_("Pages whose text links to it"), accessor="inbound"),
    ]
    list_export = ["title", "full_url", "clicks", "inbound"]
    export_headings = {
        "title": _("Title"),
        "full_url": _("Address"),
        "clicks": _("Clicks from the front page"),
        "inbound": _("Pages whose text links to it"),
    }

    def get_queryset(self) -> Any:
        pages = readers.pages().shown().filter(link_reach__isnull=False)
        pages = pages.filter(pk__in=self._own().values("pk"))
        return pages.select_related("link_reach").order_by(
            F("link_reach__depth").desc(nulls_first=True), "title", "pk"
        )

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        pages = list(object_list)
        for page in pages:
            depth = page.link_reach.depth
            page.clicks = _("No link leads there") if depth is None else depth
            page.inbound = page.link_reach.inbound
        return pages


def look(request: HttpRequest) -> HttpResponse:
    """Begin to look at all links, or stop that."""
    if request.method == "POST" and _may_see(request):
        if request.POST.get("do") == STOP:
            going_on = LinkWalk.objects.filter(finished_at=None, cancelled_at=None)
            going_on.update(cancelled_at=timezone.now())
            messages.success(request, gettext("It stops. What was found is kept."))
        else:
            with transaction.atomic():
                ask_for_a_look()
            messages.success(request, gettext("All links are looked at now."))
    return HttpResponseRedirect(reverse(LinksView.index_url_name))


class _MenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return _may_see(request)


def links_menu_item() -> MenuItem:
    return _menu_item(LinksView)


def reach_menu_item() -> MenuItem:
    return _menu_item(ReachView)


def _menu_item(view: type[_Report]) -> MenuItem:
    return _MenuItem(
        view.page_title,
        reverse_lazy(view.index_url_name),
        icon_name=view.header_icon,
        order=1020,
    )


def urlpatterns() -> list[URLPattern]:
    found = [path("reports/links/look/", look, name="look_at_links")]
    for name, view in (("links", LinksView), ("reach", ReachView)):
        found += [
            path(f"reports/{name}/", view.as_view(), name=view.index_url_name),
            path(
                f"reports/{name}/results/",
                view.as_view(results_only=True),
                name=view.index_results_url_name,
            ),
        ]
    return found
