"""Draws a social picture: brand, title, and the author's portrait."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any, NamedTuple

from PIL import Image, ImageDraw, features
from PIL.Image import Resampling
from wagtail.images.models import SourceImageIOError

from seo.lines import fits, longest, wrapped
from seo.social_pictures.facts import HEIGHT, SQUARE, WIDTH, Facts
from seo.social_pictures.typefaces import Typeface, is_right_to_left, printable

logger = logging.getLogger(__name__)

# The light colours of site/static/css/tokens.css.
_PAPER, _INK, _QUIET, _ACCENT = "#fbf8f1", "#1b2430", "#545d68", "#0c5e52"

_MARGIN = 80
_INNER = WIDTH - 2 * _MARGIN
_BAND = 16  # of the brand's colour, at the top
_LOGO = 72
_PORTRAIT = 112
_TITLE_TOP, _TITLE_BOTTOM = 176, 500
_SIZES = range(80, 35, -4)
_LEADING = 1.16
_SMALL = 34
_QUALITY = 85
_MOST_PIXELS = 40_000_000  # of a logo, as of any upload
_ELLIPSIS = "…"


@dataclass(frozen=True)
class _Set:
    """Text set in lines."""

    lines: list[str]
    size: int


class Drawing(NamedTuple):
    """A picture as JPEG, 1,200 by 630 pixels.

    ``is_whole`` is false where logo or portrait could not be fetched, which are left
    out of it: it must not be kept.
    """

    content: bytes
    is_whole: bool


def draw(said: Facts) -> Drawing:
    """Return the picture that says so."""
    logo, portrait = _content(said.logo), _content(_square(said.portrait))
    is_whole = bool(logo or not said.logo) and bool(portrait or not said.portrait)
    picture = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    canvas = ImageDraw.Draw(picture)
    canvas.rectangle((0, 0, WIDTH, _BAND), fill=_ACCENT)
    title, face = printable(said.title)
    if not title:  # in a script that no typeface has
        title, face = printable(said.organisation)
    mirrored = is_right_to_left(title)
    _draw_title(canvas, title, face, mirrored=mirrored)
    is_own_name = title.casefold() == said.organisation.casefold()
    if not _paste_logo(picture, logo, mirrored=mirrored) and not is_own_name:
        _draw_line(canvas, said.organisation, 68, _ACCENT, mirrored=mirrored)
    _draw_author(picture, canvas, portrait, said.author, mirrored=mirrored)
    file = BytesIO()
    picture.save(file, "JPEG", quality=_QUALITY, optimize=True)
    return Drawing(file.getvalue(), is_whole)


def _draw_title(
    canvas: ImageDraw.ImageDraw, title: str, face: Typeface, *, mirrored: bool
) -> None:
    laid = _set(title, face)
    step = round(laid.size * _LEADING)
    top = _TITLE_TOP + (_TITLE_BOTTOM - _TITLE_TOP - step * len(laid.lines)) // 2
    for number, line in enumerate(laid.lines):
        _write(
            canvas, line, top + number * step, face, laid.size, _INK, mirrored=mirrored
        )


def _set(text: str, face: Typeface) -> _Set:
    """Set ``text`` as large as it fits, and cut what does not fit at the smallest."""
    room = _TITLE_BOTTOM - _TITLE_TOP
    size, measure, most = 0, len, 0
    for size in _SIZES:
        measure = face.at(size).getlength  # type: ignore[assignment]
        most = int(room / (size * _LEADING))
        if fits(text, measure, _INNER, max(most, 2)):
            return _Set(wrapped(text, measure, _INNER), size)
    return _Set(_cut(text, measure, most), size)


def _cut(text: str, measure: Callable[[str], float], most: int) -> list[str]:
    def holds(part: str) -> bool:
        return fits(part + _ELLIPSIS, measure, _INNER, most)

    start = longest(text, holds)
    whole = start.rsplit(None, 1)[0]
    # A word that fills the lines by itself is cut where they end.
    shown = whole if len(whole) > len(start) / 2 else start
    return wrapped(shown.rstrip() + _ELLIPSIS, measure, _INNER)


def _write(
    canvas: ImageDraw.ImageDraw,
    line: str,
    top: int,
    face: Typeface,
    size: int,
    colour: str,
    *,
    mirrored: bool,
    inset: int = 0,
) -> None:
    """Write one line from the margin of its script, ``inset`` further inwards."""
    side = WIDTH - _MARGIN - inset if mirrored else _MARGIN + inset
    canvas.text(
        (side, top + round(size * 0.9)),
        line,
        fill=colour,
        font=face.at(size),
        anchor="rs" if mirrored else "ls",
        direction=_direction(mirrored=mirrored),
    )


def _direction(*, mirrored: bool) -> str | None:
    """Return which way letters run, None where the machine cannot be told.

    Pillow asks libfribidi (docs/operations.md), and refuses to be told without it.
    """
    if not features.check("raqm"):
        return None
    return "rtl" if mirrored else "ltr"


def _draw_line(
    canvas: ImageDraw.ImageDraw,
    text: str,
    top: int,
    colour: str,
    *,
    mirrored: bool,
    inset: int = 0,
) -> None:
    text, face = printable(text)
    measure, width = face.at(_SMALL).getlength, _INNER - inset
    if measure(text) > width:
        text = longest(text, lambda part: measure(part + _ELLIPSIS) <= width)
        text = text.rstrip() + _ELLIPSIS
    _write(canvas, text, top, face, _SMALL, colour, mirrored=mirrored, inset=inset)


def _paste_logo(picture: Image.Image, logo: bytes, *, mirrored: bool) -> bool:
    """Paste the organisation's logo; return whether there is one that can be read."""
    drawn = _read(logo)
    if drawn is None:
        return False
    drawn.thumbnail((_INNER // 2, _LOGO), Resampling.LANCZOS)
    left = WIDTH - _MARGIN - drawn.width if mirrored else _MARGIN
    picture.paste(drawn, (left, 60 + (_LOGO - drawn.height) // 2), drawn)
    return True


def _draw_author(
    picture: Image.Image,
    canvas: ImageDraw.ImageDraw,
    content: bytes,
    name: str,
    *,
    mirrored: bool,
) -> None:
    portrait = _read(content)
    if portrait is None:
        return
    large = _PORTRAIT * 4  # for a smooth edge
    mask = Image.new("L", (large, large))
    ImageDraw.Draw(mask).ellipse((0, 0, large, large), fill=255)
    size = (_PORTRAIT, _PORTRAIT)
    top = HEIGHT - _PORTRAIT - 40
    left = WIDTH - _MARGIN - _PORTRAIT if mirrored else _MARGIN
    face = portrait.convert("RGB").resize(size, Resampling.LANCZOS)
    picture.paste(face, (left, top), mask.resize(size, Resampling.LANCZOS))
    middle = top + (_PORTRAIT - _SMALL) // 2
    _draw_line(canvas, name, middle, _QUIET, mirrored=mirrored, inset=_PORTRAIT + 28)


def _square(image: Any) -> Any:
    """Return the rendition of a portrait that is cut to its focal point."""
    if image is None:
        return None
    try:
        return image.get_rendition(SQUARE)
    except SourceImageIOError:
        return None


def _content(stored: Any) -> bytes:
    """Return what is in a picture's file, b"" where it cannot be fetched now."""
    if stored is None:
        return b""
    try:
        with stored.file.open("rb") as file:
            content: bytes = file.read()
            return content
    except Exception as error:  # noqa: BLE001  (of whatever store)
        logger.warning("Left out of a social picture: %r", error)
        return b""


def _read(content: bytes) -> Image.Image | None:
    """Return the picture in a file, None where there is none, as in an SVG."""
    try:
        with Image.open(BytesIO(content)) as image:
            if image.width * image.height > _MOST_PIXELS:
                return None
            return image.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
