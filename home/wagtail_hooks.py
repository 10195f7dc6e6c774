"""Wagtail hooks of this app."""

from wagtail import hooks

from home.search import admin

hooks.register("register_admin_viewset", admin.SynonymsViewSet)

hooks.register("register_admin_urls", admin.promotion_urls, order=-1)
hooks.register("construct_reports_menu", admin.hide_search_terms)
