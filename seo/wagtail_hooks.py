"""Wagtail hooks of this app."""

from django.urls import URLPattern, path
from wagtail import hooks

from seo.not_found import report
from seo.redirects.form import CheckedCreateView, CheckedEditView


@hooks.register("register_admin_urls", order=-1)
def check_redirects_before_wagtail_answers() -> list[URLPattern]:
    return [
        path("redirects/add/", CheckedCreateView.as_view()),
        path("redirects/<int:redirect_id>/", CheckedEditView.as_view()),
    ]


hooks.register("register_admin_urls", report.urlpatterns)
hooks.register("register_reports_menu_item", report.menu_item)
