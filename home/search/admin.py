"""What editors and SEO specialists keep for the search."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.contrib.search_promotions.views import settings as wagtail_views

from home.search.models import Synonyms


class SynonymsViewSet(ModelViewSet):
    """Words that mean the same, one group a row."""

    model = Synonyms
    icon = "list-ul"
    menu_label = _("Synonyms")
    menu_order = 910  # after Wagtail's promoted search results
    add_to_settings_menu = True
    list_display = ["words"]
    form_fields = ["words"]
    search_fields = ["words"]


class _WithoutScriptsMixin:
    """Sets up the rows of promoted results by an element in place of a script."""

    searchpicks_formset: Any

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        formset = self.searchpicks_formset
        options = {
            "formsetPrefix": f"id_{formset.prefix}",
            "emptyChildFormPrefix": formset.empty_form.prefix,
            "canOrder": True,
        }
        return {**context, "set_up": json.dumps(options)}


class PromotionsView(wagtail_views.IndexView):
    """The list of promoted results, without views: searches are not counted."""

    columns = [each for each in wagtail_views.IndexView.columns if each.name != "views"]


class AddPromotionView(_WithoutScriptsMixin, wagtail_views.CreateView):
    pass


class EditPromotionView(_WithoutScriptsMixin, wagtail_views.EditView):
    pass


def not_counted(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Answer where Wagtail shows what was searched for, which nobody counts here.

    Raises:
        Http404: Always.
    """
    raise Http404("Searches are not counted.")


def promotion_urls() -> list[URLPattern]:
    """Return addresses that stand before Wagtail's own, and are the same."""
    index = PromotionsView
    return [
        re_path("^searchpicks/(?:queries|reports)/", not_counted),
        path("searchpicks/", index.as_view()),
        path("searchpicks/results/", index.as_view(results_only=True)),
        path("searchpicks/add/", AddPromotionView.as_view()),
        path("searchpicks/<int:query_id>/", EditPromotionView.as_view()),
    ]


def hide_search_terms(request: HttpRequest, menu_items: list[Any]) -> None:
    """Take out the report of what was searched for, which would stay empty."""
    menu_items[:] = [item for item in menu_items if item.name != "search-terms"]
