"""The published page and its latest draft side by side, as readers would see them."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.utils import GenericPageBreadcrumbsMixin
from wagtail.models import Page
from wagtail.utils.decorators import xframe_options_sameorigin_override

from review.history.citations import Difference, differences

WIDTHS = {"column": _("as wide as the window"), "phone": _("as on a phone")}
_NAME = "live_and_draft"


def page_for(user: Any, pk: int) -> Any:
    """Return the page as it is stored, for whoever may edit, review or publish it.

    Raises:
        Http404: There is none.
        PermissionDenied: Somebody else asks.
    """
    page = get_object_or_404(Page, pk=pk).specific
    rights = page.permissions_for_user(user)
    if not (rights.can_edit() or rights.can_publish()):
        raise PermissionDenied
    return page


class SideBySideView(
    GenericPageBreadcrumbsMixin, WagtailAdminTemplateMixin, TemplateView
):
    """Both versions in frames, and which works they cite for what."""

    http_method_names = ["get", "head", "options"]
    template_name = "review/admin/side_by_side.html"
    page_title = _("Live and draft side by side")
    header_icon = "view"
    _show_breadcrumbs = True

    @cached_property
    def object(self) -> Any:
        return page_for(self.request.user, self.kwargs["page_id"])

    @cached_property
    def draft(self) -> Any:
        return self.object.get_latest_revision_as_object()

    def get_page_subtitle(self) -> str:
        return str(self.object.get_admin_display_title())

    def get_header_title(self) -> str:
        return f"{self.page_title}: {self.get_page_subtitle()}"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        own = {"url": "", "label": self.get_header_title()}
        return [*self.breadcrumbs_items, own]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page, chosen = self.object, self.request.GET.get("width", "")
        found: list[Difference] = []
        if page.live:
            found = differences(page, self.draft)
        return {
            **super().get_context_data(**kwargs),
            "page": page,
            "is_live": page.live,
            "latest": page.latest_revision,
            "differences": found,
            "width": chosen if chosen in WIDTHS else "column",
            "widths": WIDTHS.items(),
        }


class FrameView(View):
    """One of the two, rendered now as a preview is."""

    http_method_names = ["get", "head", "options"]
    is_draft = False

    @method_decorator(xframe_options_sameorigin_override)
    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        page = page_for(request.user, page_id)
        if self.is_draft:
            page = page.get_latest_revision_as_object()
        elif not page.live:
            raise Http404
        response: HttpResponse = page.make_preview_request(
            request, page.default_preview_mode, {"is_compared": True}
        )
        return response


class SideBySideButton(PageMenuItem):
    label = _("Live and draft side by side")
    icon_name = "view"
    priority = 64
    url_name = _NAME

    def is_shown(self, user: Any) -> bool:
        rights = self.page.permissions_for_user(user)
        return bool(
            self.page.depth > 1
            and self.page.live
            and self.page.has_unpublished_changes
            and (rights.can_edit() or rights.can_publish())
        )


def buttons(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[SideBySideButton]:
    """Yield the button of a page's header, for the hook of Wagtail's."""
    yield SideBySideButton(page=page)


def side_by_side_urls() -> list[URLPattern]:
    return [
        path("live-and-draft/<int:page_id>/", SideBySideView.as_view(), name=_NAME),
        path(
            "live-and-draft/<int:page_id>/live/", FrameView.as_view(), name="live_frame"
        ),
        path(
            "live-and-draft/<int:page_id>/draft/",
            FrameView.as_view(is_draft=True),
            name="draft_frame",
        ),
    ]
