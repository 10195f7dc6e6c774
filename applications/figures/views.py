"""The report on how a form is filled in, for those with the right to it."""

from typing import Any

from django import forms
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from applications.figures.funnel import LEAST, funnel, whole_weeks
from applications.models.counts import FormCount
from applications.models.pages import ApplicationFormPage

PERMISSION = f"{FormCount._meta.app_label}.view_{FormCount._meta.model_name}"
_USUAL = 13
WEEKS = [(4, _("Four weeks")), (_USUAL, _("Three months")), (52, _("A year"))]


class FiguresForm(forms.Form):
    """Which form, and for how long."""

    form = forms.ModelChoiceField(
        ApplicationFormPage.objects.order_by("title"),
        empty_label=None,
        label=_("Form"),
    )
    weeks = forms.TypedChoiceField(choices=WEEKS, coerce=int, label=_("Period"))


class FiguresView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """Draws the funnel of one form in one period."""

    template_name = "applications/admin/figures.html"
    page_title = _("How forms are filled in")
    header_icon = "form"
    _show_breadcrumbs = True
    permission_required = PERMISSION
    raise_exception = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {**super().get_context_data(**kwargs), "least": LEAST}
        first = ApplicationFormPage.objects.order_by("title").first()
        if first is None:
            return context
        asked = FiguresForm(self.request.GET)
        if not asked.is_valid():
            # The address without a query, or one that somebody has changed.
            asked = FiguresForm({"form": first.pk, "weeks": _USUAL})
            asked.is_valid()
        form = asked.cleaned_data["form"]
        since, until = whole_weeks(asked.cleaned_data["weeks"])
        return {
            **context,
            "asked": asked,
            "form_page": form,
            "since": since,
            "until": until,
            "funnel": funnel(form, since, until),
        }


class FiguresMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)
