"""Files that are on the disk, and not only in memory, once they are said to be kept."""

import os
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage


class DurableStorage(FileSystemStorage):
    """Outlasts a loss of power right after a file was stored."""

    def _save(self, name: str, content: Any) -> str:
        saved = str(super()._save(name, content))  # type: ignore[misc]
        path = Path(self.path(saved))
        # The folders too, which hold the names, its own among them.
        for place in (path, path.parent, Path(self.location)):
            _sync(place)
        return saved

    def replace(self, name: str, content: Any) -> None:
        """Put other content at a name, where there is the old or the new at any moment.

        A crash leaves ``name.next`` at most.
        """
        draft = f"{name}.next"
        self.delete(draft)
        path = Path(self.path(self.save(draft, content)))
        path.replace(self.path(name))
        _sync(path.parent)


def _sync(place: Path) -> None:
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
