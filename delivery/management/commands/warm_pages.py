"""``manage.py warm_pages``: makes pages before anybody asks for them."""

import logging
import os
import time
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.core.servers.basehttp import get_internal_wsgi_application
from django.db import InterfaceError, OperationalError, close_old_connections

from delivery.generations import generations
from delivery.protocol import Generations
from delivery.warming import Moment, Warmer, moment

logger = logging.getLogger(__name__)

_PAUSE = 1  # seconds: no more than one generation starts in each
_NICENESS = 10


class Command(BaseCommand):
    help = (
        "Make the pages of each new generation, and those that lapse by the clock, "
        "before anybody asks for them, the front page and what it links to first. Runs "
        "until it is stopped, or until the process ends that has started it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="end when all of one generation is made"
        )

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        kept = generations()
        if kept is None:
            self.stdout.write("No pages are kept here (PAGE_STORE).")
            return
        self.is_telling_each = options["verbosity"] > 1
        os.nice(_NICENESS)
        parent = os.getppid()
        warmed: Moment | None = None
        warmer = Warmer(get_internal_wsgi_application())

        def is_over() -> bool:
            return os.getppid() != parent

        while not is_over():
            try:
                at = moment(kept)
                if at and at == warmed:
                    if number := self._tell(warmer.finish(kept, at, is_over)):
                        self.stdout.write(f"and {number} with its pictures")
                elif at and self._warm(warmer, kept, at, is_over):
                    warmed = at
            except (OperationalError, InterfaceError) as error:
                logger.warning("The database is gone: %s", type(error).__name__)
                close_old_connections()
            if once and warmed:
                return
            time.sleep(_PAUSE)

    def _warm(
        self, warmer: Warmer, kept: Generations, at: Moment, is_over: Any
    ) -> bool:
        """Return whether all was made."""
        started = time.monotonic()
        number = self._tell(warmer.warm(kept, at, is_over))
        if moment(kept) != at:
            return False
        took = time.monotonic() - started
        self.stdout.write(f"{number} pages in {took:.1f} seconds")
        return True

    def _tell(self, made: Iterator[str]) -> int:
        """Return how many pages were made."""
        number = 0
        for number, key in enumerate(made, start=1):
            if self.is_telling_each:
                self.stdout.write(f"{number} {key}")
        return number
