"""Reads pages that were saved a moment ago, before it is asked what they print.

Wagtail leaves it to a task, which waits for a worker.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page
from wagtail.tasks import update_reference_index_task

# Some hundredths of a second each: nobody waits longer than for a slow page.
_MOST_AT_ONCE = 200
_OPEN = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


def catch_up() -> None:
    """Do what waits for a worker, pages and what was saved last first."""
    waiting = sorted(_waiting(), key=_is_of_a_page, reverse=True)
    for args in waiting[:_MOST_AT_ONCE]:
        try:
            update_reference_index_task.func(*args)
        except ObjectDoesNotExist:  # deleted since
            continue


def is_behind() -> bool:
    """Return whether more waits than `catch_up` does, as while much is imported."""
    return len(_waiting()) > _MOST_AT_ONCE


def _waiting() -> list[tuple[Any, ...]]:
    return list(dict.fromkeys(_asked()))


def _asked() -> Iterator[tuple[Any, ...]]:
    found = DBTaskResult.objects.filter(
        task_path=update_reference_index_task.module_path, status__in=_OPEN
    ).order_by("-enqueued_at")
    for asked in found.values_list("args_kwargs", flat=True):
        yield tuple(asked["args"])


def _is_of_a_page(args: tuple[Any, ...]) -> bool:
    return issubclass(apps.get_model(*args[:2]), Page)
