"""Wagtail hooks of this app."""

from django.urls import URLPattern, path
from wagtail import hooks

from seo.redirects import asking
from seo.redirects.importing import ImportView
from seo.redirects.planning import PlanView, plan_button
from seo.redirects.views import CheckedCreateView, CheckedEditView, ListView


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


hooks.register("register_page_header_buttons", plan_button)
hooks.register("before_delete_page", asking.before_deletion)
hooks.register("before_unpublish_page", asking.before_unpublishing)
hooks.register("before_bulk_action", asking.before_bulk_action)
