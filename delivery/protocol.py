"""Generations of what readers see.

A generation is the time between two commits that change what anybody can read. While
one is open nothing visible changes, so that what was made from the database during it
stays true until its end. docs/adr/0017 explains the protocol; its order matters.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, Error, connections

OPEN = "gen-"


class Generations:
    """What is asked of generations, however they are kept.

    ``folder`` is where this machine keeps the pages of each, in a folder of its name.
    """

    refusal: str  # why nothing was committed, as the end of a sentence

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._has_to_start = False

    def current(self) -> str | None:
        """Return the name of the open generation, or None while there is none.

        To be asked before anything is read that is kept under this name.
        """
        raise NotImplementedError

    @contextmanager
    def fence(self) -> Iterator[None]:
        """Close the generation while a commit inside changes what readers see.

        It stays closed when what is inside raises, until the database says that no
        commit is under way: one that somebody no longer waits for may still take place.

        Raises:
            OSError: It could not be closed. Nothing may be committed then.
        """
        raise NotImplementedError
        yield

    def start(self) -> None:
        """Start a new generation: templates, settings or files may have changed.

        What cannot be done now is done before this process looks for the next page.

        Raises:
            OSError: As `fence`.
        """
        self._has_to_start = True
        with self.fence():
            self._has_to_start = False


def commits_have_ended() -> bool:
    """Return whether the database has ended the commits that somebody gave up.

    Of a database that does not answer that is not known.
    """
    try:
        # Django's own connections have no such question: nothing is kept with them.
        return bool(connections[DEFAULT_DB_ALIAS].commits_have_ended())  # type: ignore[attr-defined]
    except Error:
        return False


def opened_at(generation: str) -> int:
    """Return the second, since 1970, at which a generation was opened."""
    return int(generation.rpartition("-")[2])
