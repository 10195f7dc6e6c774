"""System checks of a site that runs: work that timers or a worker have left undone.

What is undone is asked, not when a timer ran last: a timer that runs and does nothing
is found, too, and an operator's own cron needs to tell nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core import checks
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from wagtail.models import Revision

from core.views import failures

# Runs where a database is named: with `check --database default` and `doctor`.
TAG = "left_undone"


@dataclass(frozen=True)
class Work:
    """One kind of work: ``count`` tells how much of it is late."""

    id: str
    count: Callable[[], int]
    sentence: str
    hint: str


_kinds: list[Work] = []


def register(work: Work) -> None:
    """Have `doctor` ask about ``work``; call it in ``AppConfig.ready``."""
    if work not in _kinds:
        _kinds.append(work)


def left_undone(
    app_configs: Any, databases: Any = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Report work that is late, one warning for each kind."""
    if "default" not in (databases or ()) or not _is_migrated():
        return []
    return [
        checks.Warning(work.sentence.format(count=count), hint=work.hint, id=work.id)
        for work in _kinds
        if (count := work.count())
    ]


def _is_migrated() -> bool:
    """Return whether the database is as this release has it.

    `migrate` itself runs the checks before it begins, an upgrade's among them.
    """
    executor = MigrationExecutor(connections["default"])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _late_publications() -> int:
    late = timezone.now() - timedelta(minutes=10)
    return Revision.objects.filter(approved_go_live_at__lt=late).count()


WORK = (
    Work(
        id="core.W010",
        count=_late_publications,
        sentence="Versions that should be live for more than ten minutes: {count}.",
        hint="Let manage.py publish_scheduled run each minute (clinic-publish.timer).",
    ),
    Work(
        id="core.W011",
        count=failures.no_worker_runs,
        sentence="No worker runs: tasks and e-mails wait.",
        hint="Let manage.py db_worker run all the time (clinic-worker.service).",
    ),
    Work(
        id="core.W012",
        count=failures.count,
        sentence="E-mails not delivered and tasks that failed: {count}.",
        hint="Reports > Undelivered e-mails and failed tasks says why. Mend that, and "
        "try them again there.",
    ),
)
