"""Wagtail hooks of this app: what its rooms add to the admin."""

from django.urls import URLPattern, path
from wagtail import hooks

from seo.crawling import hooks as crawling
from seo.graph import report as google
from seo.links import reports as links
from seo.metadata import change_log, samples
from seo.not_found import report as not_found
from seo.redirects import asking
from seo.redirects.importing import ImportView
from seo.redirects.planning import PlanView, plan_button
from seo.redirects.views import CheckedCreateView, CheckedEditView, ListView
from seo.simulator import views as simulator
from seo.snippets import views as snippets


@hooks.register("register_admin_urls", order=-1)
def answer_for_redirects_before_wagtail_does() -> list[URLPattern]:
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


for urlpatterns in (
    change_log.urlpatterns,
    crawling.report_urls,
    google.urls,
    links.urlpatterns,
    not_found.urlpatterns,
    samples.urlpatterns,
    simulator.urlpatterns,
    snippets.urlpatterns,
):
    hooks.register("register_admin_urls", urlpatterns)

for menu_item in (
    change_log.menu_item,
    crawling.report_menu_item,
    lambda: google.menu_item,
    links.links_menu_item,
    links.reach_menu_item,
    not_found.menu_item,
):
    hooks.register("register_reports_menu_item", menu_item)

hooks.register("register_log_actions", change_log.register_action)
hooks.register("register_page_header_buttons", plan_button)
hooks.register("before_delete_page", asking.before_deletion)
hooks.register("before_delete_page", crawling.say_whose_canonical_page_goes)
hooks.register("before_unpublish_page", asking.before_unpublishing)
hooks.register("before_bulk_action", asking.before_bulk_action)
