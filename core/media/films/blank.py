"""Parts of a film's file that are overwritten, so that all others stay in place."""

from typing import Any, NamedTuple

_CHUNK = 1024 * 1024


class DamagedFilm(ValueError):
    """A film with parts that overlap, or with far too many."""


class UnremovableTrack(ValueError):
    """A track of data of which nothing says where in the file it lies."""


class Blank(NamedTuple):
    """A range to overwrite: a new head, then zeros up to its end."""

    start: int
    head: bytes
    content: int
    end: int

    def is_done(self, file: Any) -> bool:
        """Return whether the range has been overwritten already."""
        file.seek(self.start)
        if file.read(len(self.head)) != self.head:
            return False
        file.seek(self.content)
        return not any(any(file.read(length)) for length in self._lengths())

    def overwrite(self, file: Any) -> None:
        file.seek(self.start)
        file.write(self.head)
        file.seek(self.content)
        for length in self._lengths():
            file.write(bytes(length))

    def _lengths(self) -> list[int]:
        """Return how much is read or written at once, so that no film fills memory."""
        places = range(self.content, self.end, _CHUNK)
        return [min(_CHUNK, self.end - place) for place in places]
