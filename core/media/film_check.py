"""Validates films and captions: browsers must be able to show them."""

import re
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.media.films import mp4, webm
from core.media.films.blank import DamagedFilm, UnremovableTrack
from core.media.films.cleaning import all_blanks

MAX_VIDEO_BYTES = 200 * 1024 * 1024
MAX_CAPTION_BYTES = 1024 * 1024  # those of a film of ten hours have half of it

_TIME = r"(?:(\d+):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMES = re.compile(rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}(?:[ \t].*)?", re.ASCII)
_ARROW = "-->"


def validate_video(file: Any) -> None:
    """Refuse a file that is not a complete MP4 or WebM, or is too large."""
    if file.size > MAX_VIDEO_BYTES:
        raise ValidationError(
            _("A video may be at most 200 MB. Compress it, then try again.")
        )
    with _left_as_found(file):
        _refuse_what_is_no_film(file)


def _refuse_what_is_no_film(file: Any) -> None:
    head = file.read(4096)
    if head[4:8] == b"ftyp":
        is_whole = _is_whole_mp4(file)
    elif head.startswith(webm.EBML) and b"webm" in head:
        is_whole = _is_whole_webm(file)
    else:
        raise ValidationError(
            _("This file is not an MP4 or WebM video. Export it as MP4.")
        )
    if not is_whole:
        raise ValidationError(
            _(
                "This video is damaged: it ends too early, or a part of it is missing. "
                "Export it again and upload the new file."
            ),
            code="damaged",
        )
    try:
        deque(all_blanks(file), maxlen=0)
    except (DamagedFilm, UnremovableTrack) as error:
        raise ValidationError(
            _(
                "This film has a track of data beside picture and sound, where cameras "
                "note each second where they are, and it cannot be taken out here. "
                "Export the film anew without location data, then upload the new file."
            ),
            code="places",
        ) from error


@contextmanager
def _left_as_found(file: Any) -> Iterator[None]:
    """Read from the beginning; a stored file, which reading opens, is closed again."""
    was_closed = file.closed
    file.seek(0)
    try:
        yield
    finally:
        if was_closed:
            file.close()
        else:
            file.seek(0)


def _is_whole_mp4(file: Any) -> bool:
    try:
        kinds = {box.kind for box in mp4.boxes(file)}
    except DamagedFilm:
        return False
    # What is in it, and the pictures and sounds themselves: at once or in fragments.
    return {b"moov", b"trak"} <= kinds and not kinds.isdisjoint({b"mdat", b"moof"})


def _is_whole_webm(file: Any) -> bool:
    try:
        return webm.SEGMENT in {part.within for part in webm.elements(file)}
    except DamagedFilm:
        return False


def validate_captions(file: Any) -> None:
    """Refuse captions that are not WebVTT, or have no cue.

    Browsers leave out what they cannot read and say nothing.
    """
    if file.size > MAX_CAPTION_BYTES:
        raise ValidationError(_("Captions may be at most 1 MB."))
    with _left_as_found(file):
        data = file.read()
    try:
        lines = re.split(r"\r\n?|\n", data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValidationError(
            _("Captions must be in UTF-8. Save the file in this encoding.")
        ) from error
    if not re.match(r"WEBVTT(?:[ \t]|$)", lines[0]):
        raise ValidationError(
            _("Captions must be a WebVTT file, which begins with WEBVTT.")
        )
    timed = [number for number, line in enumerate(lines) if _ARROW in line]
    for number in timed:
        _check_times(number + 1, lines[number])
    if not any("".join(lines[number + 1 : number + 2]).strip() for number in timed):
        raise ValidationError(
            _("There are no captions in this file, only its first line or times.")
        )


def _check_times(number: int, line: str) -> None:
    times = _TIMES.fullmatch(line)
    if not times:
        raise ValidationError(
            _(
                "Line %(number)d: “%(line)s” is not a time that browsers can read. "
                "Write it with points, such as 00:00:01.000 --> 00:00:04.500."
            ),
            params={"number": number, "line": line[:80]},
        )
    begins, ends = (
        [int(part or 0) for part in times.groups()[first : first + 4]]
        for first in (0, 4)
    )
    if ends <= begins:
        raise ValidationError(
            _("Line %(number)d: this caption ends before it begins."),
            params={"number": number},
        )
