"""One's own answers as a file that any browser reads, and one's files beside it."""

from collections.abc import Iterator
from io import RawIOBase
from typing import Any
from zipfile import ZipFile, ZipInfo

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext

from applications.answers import shown_answers
from applications.models.applications import Application
from applications.models.uploads import Upload
from applications.status.correspondence import correspondence
from applications.uploads.stored import is_whole, read
from core.encryption import EncryptionError
from core.views.private import keep_private

# What others on the device need not read: for its owner alone.
_MODE = 0o600 << 16


def own_copy(application: Application) -> HttpResponseBase:
    """Return the answers as an attachment: HTML, in an archive if there are files.

    HTML says how its letters are encoded, which a text file on a telephone does not. It
    has no scripts or pictures, and is written nowhere but into the answer.
    """
    files, left_out = _files(application)
    context = {
        "application": application,
        "answers": shown_answers(application),
        "left_out": left_out,
        **correspondence(application),
    }
    content = render_to_string("applications/status/answers.html", context)
    # Without the form's name, which may tell of an illness in a list of downloads.
    name = f"answers-{application.reference}"
    response: HttpResponseBase
    if files:
        pieces = _archive(application, f"{name}.html", content, files)
        response = StreamingHttpResponse(pieces, content_type="application/zip")
    else:
        response = HttpResponse(content)
    ending = "zip" if files else "html"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return keep_private(response)


def _files(application: Application) -> tuple[list[tuple[str, Upload]], list[str]]:
    """Return files with their names in the archive, and names of those left out."""
    files: list[tuple[str, Upload]] = []
    left_out: list[str] = []
    for number, upload in enumerate(application.uploads.all(), start=1):
        name = gettext("File {number}").format(number=number)
        try:
            name = upload.name
            is_there = upload.can_be_read and is_whole(upload)
            if is_there:
                # Before the archive begins, which would break off at every try.
                read(upload)
        except EncryptionError:
            is_there = False
        if is_there:
            # The number keeps two of one name apart.
            files.append((f"{number:02} {name}", upload))
        else:
            left_out.append(name)
    return files, left_out


class _Pieces(RawIOBase):
    """A file that only holds what was written since it was last asked."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        self._written.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        taken, self._written = b"".join(self._written), []
        return taken


def _archive(
    application: Application, name: str, content: str, files: list[tuple[str, Upload]]
) -> Iterator[bytes]:
    """Yield a ZIP archive piece by piece: no file is ever in memory as a whole.

    Raises:
        core.encryption.EncryptionError: A file was altered. The archive breaks off,
            which browsers and programs notice.
    """
    pieces = _Pieces()
    moment = timezone.localtime(application.submitted_at).timetuple()[:6]
    # Pictures and PDFs do not get any smaller, so that nothing is compressed.
    with ZipFile(pieces, "w") as archive:
        archive.writestr(_entry(name, moment), content)
        yield pieces.taken()
        for file_name, upload in files:
            with archive.open(_entry(file_name, moment), "w") as entry:
                for piece in read(upload):
                    entry.write(piece)
                    yield pieces.taken()
    yield pieces.taken()


def _entry(name: str, moment: Any) -> ZipInfo:
    entry = ZipInfo(name, moment)
    entry.external_attr = _MODE
    return entry
