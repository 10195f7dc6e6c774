"""Wagtail hooks of this app."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from home.search import admin

register_snippet(admin.SynonymsViewSet)

hooks.register("register_admin_urls", admin.promotion_urls, order=-1)
hooks.register("construct_reports_menu", admin.hide_search_terms)
