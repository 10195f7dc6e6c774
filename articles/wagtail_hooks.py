"""Wagtail hooks of this app."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry

from articles.importing import urls as importing_urls
from articles.importing.views import may_import
from articles.log_formatters import LOG_ACTION, ImportFormatter
from articles.models.article_page import ArticlePage
from articles.models.index_page import ArticleIndexPage


@hooks.register("register_admin_urls")
def register_import() -> list[URLPattern]:
    return importing_urls.urlpatterns


@hooks.register("insert_editor_js")
def read_what_is_pasted() -> str:
    return render_to_string("articles/editor/pasting.html")


@hooks.register("register_log_actions")
def register_import_log_action(actions: LogActionRegistry) -> None:
    actions.register_action(LOG_ACTION)(ImportFormatter)


@hooks.register("register_dashboard_shortcuts")
def offer_new_article(request: HttpRequest) -> Iterator[Button]:
    """Yield buttons to write or import articles in the first index that allows it."""
    for index in ArticleIndexPage.objects.order_by("path"):
        if index.permissions_for_user(request.user).can_add_subpage():
            names = ArticlePage._meta.app_label, ArticlePage._meta.model_name
            url = reverse("wagtailadmin_pages:add", args=[*names, index.pk])
            yield Button(_("Write an article"), url=url, icon_name="plus")
            url = reverse("article_import", args=[index.pk])
            yield Button(_("Import articles"), url=url, icon_name="upload")
            return


@hooks.register("register_page_header_buttons")
def offer_import(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Offer to import articles in the menu of the page that lists them."""
    if isinstance(page, ArticleIndexPage) and may_import(user, page):
        url = reverse("article_import", args=[page.pk])
        yield Button(_("Import articles"), url=url, icon_name="upload", priority=80)
