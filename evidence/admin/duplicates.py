"""The admin's list of references that look like one work."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permission_policies import ModelPermissionPolicy

from evidence.library.merging import duplicates, of_titles
from evidence.models import Reference

GROUPS_PER_PAGE = 50


class DuplicatesView(WagtailAdminTemplateMixin, TemplateView):
    """Groups of likely duplicates, each with a link to merge them."""

    template_name = "evidence/merging/duplicates.html"
    page_title = _("Possible duplicates")
    header_icon = "openquote"
    _show_breadcrumbs = True

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        policy = ModelPermissionPolicy(Reference)
        if not policy.user_has_permission(request.user, "change"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        listed = reverse(Reference.snippet_viewset.get_url_name("list"))
        return [
            *self.breadcrumbs_items,
            {"url": listed, "label": str(_("References"))},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        paginator = Paginator(duplicates(), GROUPS_PER_PAGE)
        page = paginator.get_page(self.request.GET.get("p"))
        merging = reverse(
            "wagtail_bulk_action", args=["evidence", "reference", "merge"]
        )
        back = {"next": self.request.path}
        groups = [
            {
                "references": group,
                "merge_url": f"{merging}?"
                + urlencode([*(("id", one.pk) for one in group), *back.items()]),
            }
            for group in of_titles(page)
        ]
        return {
            **super().get_context_data(**kwargs),
            "groups": groups,
            "page_obj": page,
        }
