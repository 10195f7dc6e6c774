"""The button that takes a published page out of search results at once, and back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from core.publishing.metadata.beside import publish_beside
from seo.crawling.inheriting import followers
from seo.metadata.fields import (
    HIDDEN_FROM_SEARCH,
    SHOWN_IN_SEARCH,
    is_hidden_from_search,
)


class SearchVisibilityView(WagtailAdminTemplateMixin, TemplateView):
    """Asks once, then hides the page, or shows it again."""

    template_name = "core/publishing/search_visibility.html"
    header_icon = "view"
    page: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.page = get_object_or_404(Page, pk=kwargs["page_id"]).specific
        if not hasattr(self.page, "metadata_variables") or not self.page.live:
            raise Http404
        if not self.page.permissions_for_user(request.user).can_publish():
            raise PermissionDenied
        if self.page.alias_of_id:
            return self._lead_to_the_original()
        return super().dispatch(request, *args, **kwargs)

    def _lead_to_the_original(self) -> HttpResponse:
        original = reverse("wagtailadmin_pages:edit", args=[self.page.alias_of_id])
        messages.error(
            self.request,
            gettext(
                "This page is an alias and follows its original, whose next "
                "publication would undo it. Hide or show the original."
            ),
            buttons=[messages.button(original, gettext("Edit original page"))],
        )
        return redirect("wagtailadmin_pages:edit", self.page.pk)

    @property
    def page_title(self) -> str:
        hidden = is_hidden_from_search(self.page)
        return gettext("Show in search again") if hidden else gettext("Hide now")

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "page": self.page,
            "is_hidden": is_hidden_from_search(self.page),
            "below": len(followers(self.page)),
        }

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        # What was seen decides, not what is: two presses do the same thing.
        hide = request.POST.get("hide") == "1"
        values = HIDDEN_FROM_SEARCH if hide else SHOWN_IN_SEARCH
        publish_beside(self.page.pk, values, request.user)
        title = self.page.get_admin_display_title()
        said = (
            gettext("Search engines are asked to leave out “{title}”, from now on.")
            if hide
            else gettext("Search engines may show “{title}” again.")
        )
        messages.success(request, said.format(title=title))
        return redirect("wagtailadmin_pages:edit", self.page.pk)


def visibility_buttons(page: Any, user: Any, *args: Any, **kwargs: Any) -> Any:
    """Yield the button, for the header and the menus of a page."""
    if (
        page.live
        and not page.is_root()
        and not page.alias_of_id
        and page.permissions_for_user(user).can_publish()
    ):
        yield Button(
            _("Hide from or show in search"),
            reverse("search_visibility", args=[page.pk]),
            icon_name="view",
            priority=61,
        )
