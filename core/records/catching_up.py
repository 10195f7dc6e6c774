"""Reads pages that were saved a moment ago, before it is asked what they print.

Wagtail leaves it to a task, which waits for a worker.
"""

import logging
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page
from wagtail.tasks import update_reference_index_task

logger = logging.getLogger(__name__)

# Some hundredths of a second each: nobody waits longer than for a slow page.
_MOST_AT_ONCE = 200
# A worker that was killed leaves what it had begun.
_OPEN = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


def catch_up() -> bool:
    """Do what waits for a worker, pages and what was saved last first.

    Returns whether it was all, which it is not while much is imported. What is done is
    done for the worker and for the next call as well.
    """
    waiting: dict[tuple[Any, ...], list[UUID]] = {}
    for pk, args in _asked():
        waiting.setdefault(args, []).append(pk)
    order = sorted(waiting, key=_is_of_a_page, reverse=True)
    done = [args for args in order[:_MOST_AT_ONCE] if _is_done(args)]
    if done:
        pks = [pk for args in done for pk in waiting[args]]
        DBTaskResult.objects.filter(pk__in=pks, status__in=_OPEN).update(
            status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now()
        )
    return len(waiting) <= _MOST_AT_ONCE


def _is_done(args: tuple[Any, ...]) -> bool:
    """Do one task; what it cannot read stops nobody here, and is left to the worker."""
    try:
        with transaction.atomic():
            update_reference_index_task.func(*args)
    except ObjectDoesNotExist:  # deleted since
        return True
    except Exception:  # whatever the code of a block raises
        if _model(args) is None:  # of a release before
            return True
        logger.exception("It could not be read what %s.%s %s refers to.", *args)
        return False
    return True


def _asked() -> Iterator[tuple[UUID, tuple[Any, ...]]]:
    found = DBTaskResult.objects.filter(
        task_path=update_reference_index_task.module_path, status__in=_OPEN
    ).order_by("-enqueued_at")
    for pk, asked in found.values_list("pk", "args_kwargs"):
        yield pk, tuple(asked["args"])


def _model(args: tuple[Any, ...]) -> Any:
    try:
        return apps.get_model(*args[:2])
    except LookupError:
        return None


def _is_of_a_page(args: tuple[Any, ...]) -> bool:
    model = _model(args)
    return bool(model) and issubclass(model, Page)
