"""The storage of static files in production."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Written in many files, each of one subject; fetched as one.
WHOLE = ("css/site.css", "js/site.js")

_IMPORT = re.compile(
    r'^(?:@import url\("(?P<style>[\w./-]+)"\)(?P<media> \w+)?;'
    r'|import "(?P<script>[\w./-]+)";)$',
    re.MULTILINE,
)

Paths = dict[str, tuple[Storage, str]]


class WholeFilesStorage(CompressedManifestStaticFilesStorage):
    """Inlines the imports of the site's stylesheet and script.

    A browser that follows them itself, as in development, comes to the same; only that
    it asks twenty times, and each answer has its headers and its own compression.
    """

    def post_process(self, paths: Paths, dry_run: bool = False, **options: Any) -> Any:
        if not dry_run:
            for name in filter(paths.__contains__, WHOLE):
                whole = "".join(_whole(name, paths))
                self.delete(name)
                self.save(name, ContentFile(whole.encode()))
                paths[name] = (self, name)
        return super().post_process(paths, dry_run, **options)


def _whole(name: str, paths: Paths) -> Iterator[str]:
    """Yield a file's text with its imports inlined."""
    text, end = _text(name, paths), 0
    for match in _IMPORT.finditer(text):
        yield text[end : match.start()]
        end = match.end()
        part = str(PurePosixPath(name).parent / (match["style"] or match["script"]))
        media = match["media"]
        yield f"@media{media} {{\n" if media else ""
        yield _text(part, paths)
        yield "}\n" if media else ""
    yield text[end:]


def _text(name: str, paths: Paths) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return str(file.read().decode())
