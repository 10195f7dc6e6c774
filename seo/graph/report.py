"""A page of the admin: what Google still does with structured data."""

from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from seo.graph.rich_results import ROWS, STATUSES

PERMISSION = "wagtailseo.change_seosettings"


class RichResultsView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """Lists what is read, what does nothing any more and what is not for us."""

    template_name = "seo/admin/rich_results.html"
    page_title = _("Structured data in Google")
    header_icon = "wagtailseo-line-chart"
    _show_breadcrumbs = True
    permission_required = PERMISSION
    raise_exception = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        groups = [
            (label, [row for row in ROWS if row.status == status])
            for status, label in STATUSES.items()
        ]
        return {**super().get_context_data(**kwargs), "groups": groups}


class RichResultsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(PERMISSION))


menu_item = RichResultsMenuItem(
    RichResultsView.page_title,
    reverse_lazy("rich_results"),
    icon_name=RichResultsView.header_icon,
    order=1020,
)


def urls() -> list[URLPattern]:
    view = RichResultsView.as_view()
    return [path("reports/structured-data/", view, name="rich_results")]
