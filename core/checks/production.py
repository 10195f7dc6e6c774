"""System checks of production settings."""

from typing import Any

from django.core.checks import Error
from django_tasks import default_task_backend


def tasks_wait_for_a_worker(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Refuse a task backend that runs tasks immediately and so cannot retry them."""
    if default_task_backend.supports_defer:
        return []
    return [
        Error(
            "Tasks run while visitors wait, and are lost when they fail.",
            hint=(
                "Set TASKS_BACKEND to a queue, such as django_tasks_db.DatabaseBackend,"
                " and run a worker: manage.py db_worker."
            ),
            id="core.E001",
        )
    ]
