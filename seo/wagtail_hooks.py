"""Wagtail hooks of this app."""

from django.urls import URLPattern, path
from wagtail import hooks

from seo.graph import report
from seo.links import reports as links
from seo.redirects.form import CheckedCreateView, CheckedEditView
from seo.snippets.views import SnippetsOnAdd, SnippetsOnEdit


@hooks.register("register_admin_urls", order=-1)
def check_redirects_before_wagtail_answers() -> list[URLPattern]:
    return [
        path("redirects/add/", CheckedCreateView.as_view()),
        path("redirects/<int:redirect_id>/", CheckedEditView.as_view()),
    ]


hooks.register("register_admin_urls", links.urlpatterns)
for item in links.menu_items():
    hooks.register("register_reports_menu_item", lambda item=item: item)
hooks.register("register_admin_urls", report.urls)
hooks.register("register_reports_menu_item", lambda: report.menu_item)
@hooks.register("register_admin_urls")
def register_snippets() -> list[URLPattern]:
    return [
        path(
            "pages/<int:page_id>/edit/snippets/",
            SnippetsOnEdit.as_view(),
            name="seo_snippets_on_edit",
        ),
        path(
            "pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/"
            "<int:parent_page_id>/snippets/",
            SnippetsOnAdd.as_view(),
            name="seo_snippets_on_add",
        ),
    ]
