"""What this room hangs into the admin (core.wagtail_hooks)."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from core.assignments.views import FinishView, HandOnView
from core.assignments.waiting import assignment_tasks


def urls() -> list[URLPattern]:
    return [
        path(
            "pages/<int:page_id>/ask/<slug:problem>/",
            HandOnView.as_view(),
            name="hand_on",
        ),
        path(
            "assignments/<int:assignment_id>/",
            FinishView.as_view(),
            name="finish_assignment",
        ),
    ]


HOOKS: list[tuple[str, Callable[..., Any]]] = [
    ("register_admin_urls", urls),
    ("register_dashboard_tasks", assignment_tasks),
]
