"""Publishing rules for alternative texts of pictures."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.html import strip_tags
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import RichText

from core.models.images import SiteImage
from core.prefetch.walk import Place, walk
from core.publishing.gate import Level, Problem, register
from core.publishing.rules import problem_at

SHORTEST = 5  # characters
LONGEST = 150

_FILE_NAME = re.compile(
    r"\S+\.(avif|bmp|gif|heic|jpe?g|png|svg|tiff?|webp)"
    r"|(dsc[fn]?|image|img|photo|pict?|picture|scan|screen ?shot)[-_ ]?\d[-_ \d]*",
    re.IGNORECASE,
)
_ANNOUNCEMENT = re.compile(
    r"(an? |the )?(graphic|image|photo|photograph|picture)( of|:) ?", re.IGNORECASE
)


class Described(NamedTuple):
    """A picture that readers see, with its alternative text.

    ``spot`` is the block that shows it, or the name of a field: the one for its words
    or, where there is none, its own.
    """

    image: Any
    words: str
    caption: str
    spot: Place | str


def _problem(picture: Described, rule: Any, sentence: str) -> Problem:
    if isinstance(picture.spot, Place):
        return problem_at(picture.spot, rule, sentence)
    return Problem(rule.code, rule.level, sentence, picture.spot)


def described(page: Any) -> Iterator[Described]:
    """Yield every picture of ``page`` that is not decorative.

    Where a page type lets its editors describe ``picture``, a field, the one for that
    is called ``picture_alt``, and one for a caption ``picture_caption``. A lead image
    without such a field is described in the image library alone.
    """
    for field in page._meta.concrete_fields:
        if field.related_model is not SiteImage:
            continue
        own = f"{field.name}_alt"
        has_own = hasattr(page, own)
        image = getattr(page, field.name)
        if image and (has_own or field.name == "lead_image"):
            words = (getattr(page, own, "") or image.description).strip()
            caption = getattr(page, f"{field.name}_caption", "")
            yield Described(image, words, caption, own if has_own else field.name)
    for place in walk(page):
        for name, block in getattr(place.block, "child_blocks", {}).items():
            if not isinstance(block, ImageBlock) or not hasattr(place.value, "get"):
                continue
            image = place.value.get(name)
            if image is None or image.decorative:
                continue
            caption = place.value.get(f"{name}_caption") or place.value.get("caption")
            words = (image.contextual_alt_text or "").strip()
            yield Described(image, words, _plain(caption), place)


@register
class ImageWithoutAlternative:
    """Refuses pictures without alternative text."""

    code = "image-without-alternative"
    title = _("Picture without alternative text")
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        for picture in described(page):
            if not picture.words:
                sentence = _without_words(picture.spot)
                yield _problem(
                    picture, self, sentence.format(title=picture.image.title)
                )


def _without_words(spot: Place | str) -> str:
    if isinstance(spot, Place):
        return gettext(
            "The picture “{title}” has no alternative text. Describe what it shows, "
            "or mark it as decorative."
        )
    if spot.endswith("_alt"):
        return gettext(
            "The picture “{title}” has no alternative text. Describe what it shows, "
            "here or in the image library."
        )
    return gettext(
        "The picture “{title}” has no alternative text. Describe what it shows in the "
        "image library."
    )


@register
class PoorAlternative:
    """Suggests better alternative texts."""

    code = "poor-alternative"
    title = _("Alternative text that says little")
    level: Level = "suggest"

    def problems(self, page: Any) -> Iterator[Problem]:
        for picture in described(page):
            advice = picture.words and _advice(
                picture.words, picture.caption, picture.image
            )
            if advice:
                yield _problem(picture, self, advice)


def _advice(words: str, caption: str, image: Any) -> str:
    """Return advice on an alternative text, "" when it is fine."""
    short = f"{words[:40]}…" if len(words) > 40 else words
    if _FILE_NAME.fullmatch(words) or (words == image.title and " " not in words):
        return gettext(
            "“{words}” is the name of a file. Say what the picture shows."
        ).format(words=short)
    if len(words) < SHORTEST:
        return gettext(
            "“{words}” is too short to stand for a picture. Say in a sentence what it "
            "shows, or mark it as decorative."
        ).format(words=short)
    if opening := _ANNOUNCEMENT.match(words):
        return gettext(
            "Leave out “{words}”: screen readers say that it is a picture. Begin with "
            "what it shows."
        ).format(words=opening[0].strip())
    if _same(words, caption):
        return gettext(
            "The alternative text “{words}” repeats the caption, so it is heard "
            "twice. Say what is to be seen, and leave the rest to the caption."
        ).format(words=short)
    if len(words) > LONGEST:
        return ngettext(
            "The alternative text “{words}” has {count} character. Say in one "
            "sentence of {longest} or fewer what the picture shows, and put the rest "
            "into the caption, the text or the long description.",
            "The alternative text “{words}” has {count} characters. Say in one "
            "sentence of {longest} or fewer what the picture shows, and put the rest "
            "into the caption, the text or the long description.",
            len(words),
        ).format(words=short, count=len(words), longest=LONGEST)
    return ""


def _same(one: str, other: str) -> bool:
    """Return whether two texts differ only in case, spaces and punctuation."""
    bare_one, bare_other = (
        re.sub(r"[\W_]", "", text.casefold()) for text in (one, other)
    )
    return bool(bare_one) and bare_one == bare_other


def _plain(caption: Any) -> str:
    return (
        strip_tags(caption.source) if isinstance(caption, RichText) else caption or ""
    )
