"""The storage of static files in production."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Written in many files, each of one subject; fetched as one.
STYLE, SCRIPT = "css/site.css", "js/site.js"
# The oldest browsers that get the site as it is meant, of January to March 2023
# (docs/adr/0002). Their successors get what these can read, which comes to the same.
BROWSERS = ["chrome 109", "edge 109", "firefox 110", "safari 16.2", "ios_saf 16.2"]

_IMPORT = re.compile(
    r'^(?:@import url\("(?P<style>[\w./-]+)"\)(?P<media> \w+)?;'
    r'|import "(?P<script>[\w./-]+)";)$',
    re.MULTILINE,
)

# Lines of comment, and indentation; no text of our scripts goes over several lines.
_FOR_WRITERS = re.compile(r"^[ \t]*(?://.*\n)?", re.MULTILINE)

Paths = dict[str, tuple[Storage, str]]


class WholeFilesStorage(CompressedManifestStaticFilesStorage):
    """Inlines the imports of the site's stylesheet and script, and makes both small.

    A modern browser that follows them itself, as in development, comes to the same;
    only that it asks twenty times, and each answer has its own headers and compression.
    """

    def post_process(self, paths: Paths, dry_run: bool = False, **options: Any) -> Any:
        if not dry_run:
            for name in filter(paths.__contains__, (STYLE, SCRIPT)):
                whole = "".join(inlined(name, paths))
                whole = lowered(whole) if name == STYLE else _FOR_WRITERS.sub("", whole)
                self.delete(name)
                self.save(name, ContentFile(whole.encode()))
                paths[name] = (self, name)
        return super().post_process(paths, dry_run, **options)


def lowered(css: str) -> str:
    """Return ``css`` in words that every one of ``BROWSERS`` reads, and minified.

    Raises:
        ValueError: The style sheet has a mistake.
    """
    import lightningcss  # not for servers, which only link to the files

    text: str = lightningcss.process_stylesheet(
        css, filename=STYLE, browsers_list=BROWSERS
    )
    return text


def inlined(name: str, paths: Paths) -> Iterator[str]:
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
