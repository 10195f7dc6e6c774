"""Says beforehand where readers of a page go, as for one whose time will be over."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from seo.redirects.asking import ReadersForm, answered
from seo.redirects.leaving import keeps_addresses, leave_unpublished
from seo.redirects.models import Replacement


def may_plan(user: Any, page: Page) -> bool:
    """Return whether ``user`` may say it, which those may who take the page down."""
    may: bool = page.permissions_for_user(user).can_unpublish()
    return may and keeps_addresses(page)


def plan_button(page: Page, user: Any, **kwargs: Any) -> list[Button]:
    """Offer it among what can be done with a page."""
    if not may_plan(user, page):
        return []
    return [
        Button(
            gettext("Where readers go later"),
            reverse("readers_of_page", args=[page.pk]),
            icon_name="redirect",
            priority=90,
        )
    ]


class PlanView(WagtailAdminTemplateMixin, FormView[ReadersForm]):
    """Asks where the readers of a page go whenever it is not published."""

    template_name = "seo/redirects/plan.html"
    page_title = _("Where readers go later")
    header_icon = "redirect"
    page: Page

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        self.page = get_object_or_404(Page, pk=kwargs["page_id"], depth__gt=1)
        if not may_plan(request.user, self.page):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_form(self, form_class: Any = None) -> ReadersForm:
        there = Replacement.objects.filter(page=self.page).first()
        data = self.request.POST if self.request.method == "POST" else None
        return ReadersForm(data, [self.page], initial=answered(there), beneath=False)

    def form_valid(self, form: ReadersForm) -> HttpResponse:
        chosen = Page.objects.filter(pk=self.page.pk)
        leave_unpublished(chosen, form.successor(self.page))
        messages.success(
            self.request,
            gettext("Readers go there whenever this page is not published."),
        )
        return redirect("wagtailadmin_pages:edit", self.page.pk)
