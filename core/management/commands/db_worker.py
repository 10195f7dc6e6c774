"""``manage.py db_worker``: a worker that survives database failures."""

import logging
import threading
import time
from contextlib import suppress
from typing import Any

from django.db import InterfaceError, OperationalError, connections
from django_tasks_db.management.commands import db_worker

from core.backup.uncleaned import refuse_uncleaned
from core.outbox.delivery import forget_old
from core.outbox.records import forget_old_records
from core.tasks import put_back_abandoned

logger = logging.getLogger(__name__)

_PAUSE = 5  # seconds, while the database is gone
_ROUND = 60  # seconds


class Command(db_worker.Command):
    help = (
        "Run tasks as they are queued. Tasks of workers that were killed are put back "
        "into the queue; e-mails that could not be sent are deleted after a month, and "
        "records of e-mails after two years."
    )

    def handle(self, **options: Any) -> None:
        refuse_uncleaned()
        ended = threading.Event()
        caretaker = threading.Thread(target=_look_after_the_queue, args=(ended,))
        caretaker.start()
        try:
            while True:
                try:
                    return super().handle(**options)
                except (OperationalError, InterfaceError) as error:
                    logger.warning("The database is gone: %s", type(error).__name__)
                    time.sleep(_PAUSE)
        finally:
            ended.set()
            caretaker.join()


def _look_after_the_queue(ended: threading.Event) -> None:
    while True:
        # While the database is gone, the worker says so.
        with suppress(OperationalError, InterfaceError):
            put_back_abandoned()
            forget_old()
            forget_old_records()
        connections.close_all()
        if ended.wait(_ROUND):
            return
