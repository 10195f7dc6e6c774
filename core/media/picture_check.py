"""Refuses hostile picture files before they are decoded.

Decoders take a file at its word, and a small one keeps them busy for minutes: a million
empty segments, four hundred frames of a large canvas, scans without end. Cameras and
programs for pictures write nothing of the kind. To find it takes time that grows with
the size of the file alone.
"""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image

# Chunks of a PNG, segments of a JPEG, or blocks of a GIF.
MOST_PARTS = 20_000
MOST_FRAMES = 1_000
# A progressive JPEG goes over all of its pixels once with every scan.
MOST_SCANNED = 25 * settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
# Its metadata is taken out of an AVIF by encoding it anew, which takes a long time.
MOST_AVIF_PIXELS = 12_000_000
# Renditions in WebP can be no larger, and those of a narrow picture are as long as it.
LONGEST_SIDE = 16_383
LARGEST_PROFILE = 4 * 1024 * 1024  # bytes; those of printers have up to 3 MB

# What Pillow raises when a file is not what it says it is.
UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    KeyError,
    IndexError,
    TypeError,
    OverflowError,
    RuntimeError,
    MemoryError,
    UnboundLocalError,
    struct.error,
    zlib.error,
)

_ANIMATED_AVIF, _ANIMATED_PNG = b"ftypavis", b"acTL"
# Blocks of a GIF's data have up to 255 bytes; only the last of a frame is shorter.
_SHORT_BLOCK = 128


def damaged() -> ValidationError:
    return ValidationError(
        _(
            "This picture is damaged: it ends too early, cannot be read, or holds far "
            "more than a picture. Export it again and upload the new file."
        ),
        code="damaged",
    )


def too_many_pixels() -> ValidationError:
    return ValidationError(
        _(
            "This picture has too many pixels to be opened safely. "
            "Make it smaller than %(millions)d million pixels and upload it again."
        ),
        code="file_too_many_pixels",
        params={"millions": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000},
    )


def check_parts(data: bytes) -> None:
    """Refuse files of too many parts, and animations that only browsers show.

    Raises:
        ValidationError: With a sentence for the editor.
    """
    if data[4:12] == _ANIMATED_AVIF:
        raise _animated()
    for number, part in enumerate(_parts(data)):
        if number >= MOST_PARTS:
            raise damaged()
        if part == _ANIMATED_PNG:
            raise _animated()


def check_pixels(data: bytes) -> None:
    """Refuse a picture that would take too long, or too much memory, to decode.

    Args:
        data: A file that has passed `check_parts`.

    Raises:
        ValidationError: With a sentence for the editor.
    """
    with Image.open(BytesIO(data)) as image:
        width, height = image.size
        frames = 1
        if image.format == "GIF":  # of which Pillow would have to read every frame
            frames, width, height = _frames(data, width, height)
        elif image.format != "MPO":  # whose further pictures are not used
            frames = getattr(image, "n_frames", 1)
        pixels = width * height * frames
        profile = len(image.info.get("icc_profile") or b"")
    if frames > 1 and image.format == "AVIF":
        raise _animated()
    if frames > 1 and (
        frames > MOST_FRAMES or pixels > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
    ):
        raise _long(frames, width, height)
    if pixels > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise too_many_pixels()
    if max(width, height) > LONGEST_SIDE:
        raise _long_side()
    if image.format == "AVIF" and pixels > MOST_AVIF_PIXELS:
        raise _large_avif()
    scans = data.count(b"\xff\xda") if image.format in ("JPEG", "MPO") else 1
    if scans * pixels > MOST_SCANNED or profile > LARGEST_PROFILE:
        raise damaged()


def _animated() -> ValidationError:
    return ValidationError(
        _(
            "An animated PNG or AVIF is not taken. Save it as a still picture, or "
            "upload it as a video. Of an animated GIF or WebP, pages show a still "
            "picture."
        ),
        code="animated",
    )


def _long(frames: int, width: int, height: int) -> ValidationError:
    return ValidationError(
        _(
            "This animation is too large: %(frames)d frames of %(width)d by %(height)d "
            "pixels. Make it smaller or shorter, or upload it as a video."
        ),
        code="file_too_many_pixels",
        params={"frames": frames, "width": width, "height": height},
    )


def _long_side() -> ValidationError:
    return ValidationError(
        _(
            "This picture is more than %(pixels)d pixels wide or high. Make it smaller "
            "and upload it again."
        ),
        code="file_too_many_pixels",
        params={"pixels": LONGEST_SIDE},
    )


def _large_avif() -> ValidationError:
    return ValidationError(
        _(
            "An AVIF picture may have %(millions)d million pixels. Make it smaller, or "
            "upload it as JPEG or PNG."
        ),
        code="file_too_many_pixels",
        params={"millions": MOST_AVIF_PIXELS // 1_000_000},
    )


# --- Parts of a file ------------------------------------------------------------------


def _parts(data: bytes) -> Iterator[bytes]:
    """Yield the kind of each part that Pillow would read."""
    if data.startswith(b"\x89PNG"):
        return _png_chunks(data)
    if data.startswith(b"\xff\xd8"):
        return _jpeg_segments(data)
    if data.startswith(b"GIF8"):
        return _gif_blocks(data)
    return iter(())


def _png_chunks(data: bytes) -> Iterator[bytes]:
    position = 8
    while position < len(data):
        yield data[position + 4 : position + 8]
        position += 12 + int.from_bytes(data[position : position + 4])


def _jpeg_segments(data: bytes) -> Iterator[bytes]:
    """Yield the segments before the pixels, and each byte between them."""
    position = 2
    while (begins := data.find(b"\xff", position)) >= 0:
        yield from (b"" for _ in range(begins - position))
        kind = data[begins + 1 : begins + 2]
        yield kind
        if kind == b"\xda":
            return
        if kind == b"\xff":
            position = begins + 1
        elif kind <= b"\x01" or b"\xd0" <= kind <= b"\xd9":  # these have no content
            position = begins + 2
        else:
            length = int.from_bytes(data[begins + 2 : begins + 4])
            position = begins + 2 + length


def _gif_blocks(data: bytes) -> Iterator[bytes]:
    """Yield the head of each frame and extension, and truncated blocks."""
    position = 13 + _colours(data[10:11])
    while (kind := data[position : position + 1]) not in (b"", b";"):
        if kind == b",":
            yield data[position : position + 10]
            position += 11 + _colours(data[position + 9 : position + 10])
        elif kind == b"!":
            yield kind
            position += 2
        else:
            yield kind
            position += 1
            continue
        while (size := int.from_bytes(data[position : position + 1])) != 0:
            if size < _SHORT_BLOCK:
                yield b""
            position += 1 + size
        position += 1


def _colours(flags: bytes) -> int:
    """Return the size of a colour table in bytes."""
    number = int.from_bytes(flags)
    return 3 << (number % 8 + 1) if number >= 128 else 0


def _frames(data: bytes, width: int, height: int) -> tuple[int, int, int]:
    """Return the number of a GIF's frames, and how large a canvas they need."""
    frames = [part for part in _gif_blocks(data) if part.startswith(b",")]
    for frame in frames:
        left, top, wide, high = (
            int.from_bytes(frame[n : n + 2], "little") for n in (1, 3, 5, 7)
        )
        width, height = max(width, left + wide), max(height, top + high)
    return len(frames), width, height
