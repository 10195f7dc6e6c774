"""The report on e-mails and other deliveries, in the admin."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path, reverse_lazy

from core.views.deliveries import DeliveriesMenuItem, DeliveriesView


def urls() -> list[URLPattern]:
    view = DeliveriesView.as_view()
    return [path("reports/deliveries/", view, name="deliveries")]


def menu_item() -> DeliveriesMenuItem:
    return DeliveriesMenuItem(
        DeliveriesView.page_title,
        reverse_lazy("deliveries"),
        icon_name=DeliveriesView.header_icon,
        order=1000,
    )


HOOKS: list[tuple[str, Callable[..., Any]]] = [
    ("register_admin_urls", urls),
    ("register_reports_menu_item", menu_item),
]
