"""Wagtail hooks of this app."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from newsletter.viewsets import subscriber_viewset


@hooks.register("register_admin_viewset")
def register_subscribers() -> ViewSet:
    return subscriber_viewset
