"""Wagtail hooks of this app."""

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("register_help_menu_item")
def register_pattern_library() -> MenuItem:
    return MenuItem(
        "Pattern library",
        reverse("styleguide"),
        name="pattern-library",
        icon_name="view",
        order=900,
    )
