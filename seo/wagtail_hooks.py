"""Wagtail hooks of this app."""

from django.urls import URLPattern, path
from wagtail import hooks

from seo.crawling import hooks as crawling
from seo.redirects.form import CheckedCreateView, CheckedEditView


@hooks.register("register_admin_urls", order=-1)
def check_redirects_before_wagtail_answers() -> list[URLPattern]:
    return [
        path("redirects/add/", CheckedCreateView.as_view()),
        path("redirects/<int:redirect_id>/", CheckedEditView.as_view()),
    ]


hooks.register("register_admin_urls", crawling.report_urls)
hooks.register("register_reports_menu_item", crawling.report_menu_item)
hooks.register("before_delete_page", crawling.say_whose_canonical_page_goes)
