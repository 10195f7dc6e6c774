"""Wagtail hooks of this app."""

from django.urls import URLPattern, path, reverse_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from seo.crawling import hooks as crawling
from seo.graph import report as google
from seo.links import reports as links
from seo.metadata.change_log import (
    ChangeFormatter,
    MetadataChangesMenuItem,
    MetadataChangesView,
)
from seo.metadata.changes import CHANGED
from seo.metadata.samples import sample
from seo.not_found import report as not_found
from seo.redirects import asking
from seo.redirects.importing import ImportView
from seo.redirects.planning import PlanView, plan_button
from seo.redirects.views import CheckedCreateView, CheckedEditView, ListView
from seo.snippets.views import SnippetsOnAdd, SnippetsOnEdit


@hooks.register("register_admin_urls", order=-1)
def check_redirects_before_wagtail_answers() -> list[URLPattern]:
    return [
        path("redirects/", ListView.as_view()),
        path("redirects/results/", ListView.as_view(results_only=True)),
        path("redirects/add/", CheckedCreateView.as_view()),
        path("redirects/<int:redirect_id>/", CheckedEditView.as_view()),
        path(
            "pages/<int:page_id>/readers/", PlanView.as_view(), name="readers_of_page"
        ),
        path("redirects/import/", ImportView.as_view()),
        path("redirects/import/process/", ImportView.as_view()),
    ]


hooks.register("register_admin_urls", links.urlpatterns)
for item in links.menu_items():
    hooks.register("register_reports_menu_item", lambda item=item: item)
hooks.register("register_admin_urls", google.urls)
hooks.register("register_reports_menu_item", lambda: google.menu_item)


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


@hooks.register("register_admin_urls")
def register_samples() -> list[URLPattern]:
    route = "metadata-sample/<int:site_pk>/<str:label>/<str:kind>/"
    return [path(route, sample, name="metadata_sample")]


@hooks.register("register_log_actions")
def register_changes_of_metadata(actions: LogActionRegistry) -> None:
    actions.register_action(CHANGED)(ChangeFormatter)


@hooks.register("register_admin_urls")
def register_change_log() -> list[URLPattern]:
    view = MetadataChangesView
    return [
        path("reports/metadata/", view.as_view(), name=view.index_url_name),
        path(
            "reports/metadata/results/",
            view.as_view(results_only=True),
            name=view.index_results_url_name,
        ),
    ]


@hooks.register("register_reports_menu_item")
def register_change_log_menu_item() -> MetadataChangesMenuItem:
    return MetadataChangesMenuItem(
        MetadataChangesView.page_title,
        reverse_lazy(MetadataChangesView.index_url_name),
        icon_name=MetadataChangesView.header_icon,
        order=1020,
    )


hooks.register("register_admin_urls", not_found.urlpatterns)
hooks.register("register_reports_menu_item", not_found.menu_item)
hooks.register("register_page_header_buttons", plan_button)
hooks.register("before_delete_page", asking.before_deletion)
hooks.register("before_unpublish_page", asking.before_unpublishing)
hooks.register("before_bulk_action", asking.before_bulk_action)
hooks.register("register_admin_urls", crawling.report_urls)
hooks.register("register_reports_menu_item", crawling.report_menu_item)
hooks.register("before_delete_page", crawling.say_whose_canonical_page_goes)
