"""What this app registers with Wagtail."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, reverse
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry

from articles.importing import urls as importing_urls
from articles.importing.carrying_out import LOG_ACTION
from articles.importing.views import may_import
from articles.log_formatters import ImportFormatter
from articles.models.index_page import ArticleIndexPage


@hooks.register("register_admin_urls")
def register_import() -> list[URLPattern]:
    return importing_urls.urlpatterns


@hooks.register("register_log_actions")
def register_import_log_action(actions: LogActionRegistry) -> None:
    actions.register_action(LOG_ACTION)(ImportFormatter)


@hooks.register("register_page_header_buttons")
def offer_import(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Offer to import articles in the menu of the page that lists them."""
    if isinstance(page, ArticleIndexPage) and may_import(user, page):
        url = reverse("article_import", args=[page.pk])
        yield Button("Import articles", url=url, icon_name="upload", priority=80)
