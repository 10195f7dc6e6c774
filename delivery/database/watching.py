"""Watches what a connection changes, and puts each commit of it between generations."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from typing import Any, NoReturn

from django.db import NotSupportedError, OperationalError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from delivery.generations import generations
from delivery.purging import is_purged, queue_purge
from delivery.visibility import changes_pages, inserted_pages

logger = logging.getLogger(__name__)

# Alone, among several statements, or behind comments, which PostgreSQL nests. SQLite
# passes over a byte order mark. A fence around what only looks like it costs speed.
_COMMITS = re.compile(
    r"(?:^|;|\*/|--[^\r\n]*[\r\n])[\s\ufeff]*(?:COMMIT|END)\b", re.IGNORECASE
)


def _refuse(*args: Any, **kwargs: Any) -> NoReturn:
    raise NotSupportedError(
        "Only execute() and executemany() are watched for what readers see."
    )


# What a cursor has besides, of Django's and of the drivers' own.
_UNWATCHED = dict.fromkeys(("callproc", "copy", "executescript", "stream"), _refuse)


class Watching(BaseDatabaseWrapper):
    """A connection whose visible changes start a new generation of pages.

    Not signals: those miss a queryset's update, bulk updates and raw SQL. Not
    `transaction.on_commit`: a process killed between the commit and what follows it
    would leave old pages for ever.
    """

    visible_changes = 0  # statements so far, also those that were rolled back
    has_visible_changes = False  # in the transaction that is open

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(self._watch)
        self._new_pages: set[Any] = set()  # of the transaction that is open

    def _watch(
        self,
        execute: Callable[..., Any],
        sql: Any,
        params: Any,
        many: bool,
        context: dict[str, Any],
    ) -> Any:
        cursor = context["cursor"]
        text = sql if isinstance(sql, str) else self._in_words(sql)
        changed = changes_pages(text, params, many, self._new_pages)
        self._before(cursor, text, changed)
        if not changed:
            result = execute(sql, params, many, context)
            if self.in_atomic_block:
                self._new_pages.update(inserted_pages(text, params, many))
            return result
        self.visible_changes += 1
        logger.debug("A new generation will start: %s", changed)
        is_open = self.in_atomic_block or not self.get_autocommit()
        self.has_visible_changes |= is_open
        if _COMMITS.search(text):
            if is_open:
                queue_purge()
            with self._fence():
                result = execute(sql, params, many, context)
            if not is_open:
                queue_purge()
            return result
        if is_open or not (generations() or is_purged()):
            return execute(sql, params, many, context)
        # A transaction of its own: what waits for a row's lock must not hold up the
        # commit of whoever has that lock. And a purge is queued with it.
        with transaction.atomic(using=self.alias):
            self.has_visible_changes = True
            result = execute(sql, params, many, context)
            self._after(cursor)
        return result

    def _prepare_cursor(self, cursor: Any) -> Any:
        prepared = super()._prepare_cursor(cursor)  # type: ignore[misc]
        vars(prepared).update(_UNWATCHED)
        return prepared

    def _in_words(self, sql: Any) -> str:
        """Return what a driver takes besides text as the text that is looked at."""
        return repr(sql)  # as good as unknown

    def _before(self, cursor: Any, sql: str, changed: str) -> None:
        """Make a cursor, and the connection, ready for a statement."""

    def _after(self, cursor: Any) -> None:
        """Make a cursor, which has its rows still to give, ready for a commit."""

    @contextmanager
    def _fence(self) -> Iterator[None]:
        """Close the generation; where that fails, Django takes it for the database's.

        It then rolls back, and says that the site is not available.
        """
        with ExitStack() as fence:
            if store := generations():
                if self.in_atomic_block or not self.get_autocommit():
                    self._announce_commit()
                try:
                    fence.enter_context(store.fence())
                except OSError as error:
                    raise OperationalError(
                        f"Nothing was stored: {store.refusal}."
                    ) from error
            yield

    def _commit(self) -> None:
        if self.has_visible_changes:
            self._check_constraints_before_commit()
            queue_purge()
        with self._fence() if self.has_visible_changes else nullcontext():
            super()._commit()  # type: ignore[misc]
        self._begin_anew()

    def _announce_commit(self) -> None:
        """Have the database know of a commit until it has ended."""

    def commits_have_ended(self) -> bool:
        """Return whether no commit that was announced is under way.

        Raises:
            Error: The database does not answer.
        """
        return True  # it ends with the process whose commit it is

    def _check_constraints_before_commit(self) -> None:
        """Have the database do now what it might wait for while it commits."""

    def _rollback(self) -> None:
        super()._rollback()  # type: ignore[misc]
        self._begin_anew()

    def close(self) -> None:
        super().close()
        if not self.in_atomic_block:
            self._begin_anew()

    def _begin_anew(self) -> None:
        self.has_visible_changes = False
        self._new_pages.clear()
