"""The admin's report on how the texts of pages were written."""

from typing import Any

import django_filters
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Page, get_page_models
from wagtail.permissions import page_permission_policy

from core.history.pages import HistoryMixin
from core.text.provenance import TextProvenance

_UNSAID = "unsaid"  # in the address; the field is empty then


def _label_of(provenance: str) -> str:
    return str(dict(TextProvenance.choices).get(provenance, ""))


class WrittenFilterSet(WagtailFilterSet):
    """Pages by what readers are told of their text."""

    written = django_filters.ChoiceFilter(
        label=_("How the text was written"),
        method="by_provenance",
        choices=[(_UNSAID, _("Nothing said")), *TextProvenance.choices],
    )

    class Meta:
        model = Page
        fields = ["written"]

    def by_provenance(self, pages: QuerySet[Page], name: str, value: str) -> Any:
        return pages.filter(written="" if value == _UNSAID else value)


class WrittenReportView(PageReportView):
    """Lists the published pages that can say it, those that do not first."""

    results_template_name = "core/admin/written_results.html"
    page_title = _("Texts: how were they written?")
    header_icon = "edit"
    index_url_name = "written_report"
    index_results_url_name = "written_report_results"
    filterset_class = WrittenFilterSet
    permission_policy = page_permission_policy
    permission_required = "change"
    export_headings = {
        **PageReportView.export_headings,
        "written": _("How the text was written"),
    }
    list_export = [*PageReportView.list_export, "written"]
    custom_field_preprocess = {
        **PageReportView.custom_field_preprocess,
        "written": {"csv": _label_of, "xlsx": _label_of},
    }

    def get_queryset(self) -> Any:
        own = page_permission_policy.instances_user_has_permission_for(
            self.request.user, "change"
        )
        self.queryset = (
            _with_provenance(own.filter(live=True, alias_of=None))
            .select_related("content_type")
            .prefetch_workflow_states()
            .annotate_approved_schedule()
            .order_by("written", "title", "pk")
        )
        return super().get_queryset()

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        for page in context["object_list"]:
            page.written_as = _label_of(page.written)
        return context


def _with_provenance(pages: Any) -> Any:
    """Annotate ``written``; pages of types that cannot say it are left out."""
    types = [each for each in get_page_models() if issubclass(each, HistoryMixin)]
    # A page has one type, so that one of these finds something.
    found = (model._default_manager.filter(pk=OuterRef("pk")) for model in types)
    told = [Subquery(each.values("text_provenance")[:1]) for each in found]
    return pages.annotate(written=Coalesce(*told)).exclude(written=None)


class WrittenReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        may: bool = page_permission_policy.user_has_permission(request.user, "change")
        return may


menu_item = WrittenReportMenuItem(
    WrittenReportView.page_title,
    reverse_lazy("written_report"),
    icon_name=WrittenReportView.header_icon,
    order=1011,
)


def register() -> None:
    """Register what follows."""
    hooks.register("register_admin_urls", report_urls)
    hooks.register("register_reports_menu_item", lambda: menu_item)


def report_urls() -> list[URLPattern]:
    view = WrittenReportView
    return [
        path("reports/texts/", view.as_view(), name=view.index_url_name),
        path(
            "reports/texts/results/",
            view.as_view(results_only=True),
            name=view.index_results_url_name,
        ),
    ]
