"""The admin's report on e-mails that were not delivered and tasks that failed."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.views import failures as report

PERMISSION = "core.manage_deliveries"
_MOST = 100  # of either kind on one page; the oldest


class DeliveriesView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """Lists failures with time, attempts and error, and retries them."""

    template_name = "core/outbox/report.html"
    page_title = gettext_lazy("Undelivered e-mails and failed tasks")
    header_icon = "mail"
    _show_breadcrumbs = True
    permission_required = PERMISSION
    raise_exception = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "failures": list(report.failures(_MOST, self.request.user)),
            "count": report.count(),
            "no_worker_runs": report.no_worker_runs(),
            "cdn_keeps_old": report.cdn_keeps_old(),
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        action, key = request.POST.get("action"), request.POST.get("key", "")
        try:
            if action == "again":
                report.try_again(key)
                done = gettext("It is tried again now.")
            elif action == "discard" and key != "all":
                report.discard(key)
                done = gettext("It was discarded.")
            else:
                raise ValidationError(gettext("No button does that."))
        except ValidationError:
            return HttpResponseBadRequest(gettext("There is no such action."))
        messages.success(request, done)
        return redirect("deliveries")


class DeliveriesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


class DeliveriesPanel(Component):
    """A line on the dashboard while there are failures."""

    template_name = "core/outbox/panel.html"
    order = 10

    def __init__(self, count: int) -> None:
        self.count = count

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        sentence = ngettext(
            "%(count)d e-mail or task has failed.",
            "%(count)d e-mails or tasks have failed.",
            self.count,
        )
        return {
            "sentence": sentence % {"count": self.count},
            "url": reverse("deliveries"),
        }


def show_on_dashboard(request: HttpRequest, panels: list[Any]) -> None:
    if request.user.has_perm(PERMISSION) and (count := report.count()):
        panels.append(DeliveriesPanel(count))


def urls() -> list[URLPattern]:
    return [path("reports/deliveries/", DeliveriesView.as_view(), name="deliveries")]


def menu_item() -> DeliveriesMenuItem:
    return DeliveriesMenuItem(
        DeliveriesView.page_title,
        reverse_lazy("deliveries"),
        icon_name=DeliveriesView.header_icon,
        order=1000,
    )


HOOKS: list[tuple[str, Callable[..., Any]]] = [
    ("register_admin_urls", urls),
    ("register_reports_menu_item", menu_item),
    ("construct_homepage_panels", show_on_dashboard),
]
