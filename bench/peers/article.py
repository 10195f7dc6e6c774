"""The article that every site is given: 3,000 words, three pictures, 57 blocks."""

import random

SLUG = "the-long-article"
HEADINGS, PARAGRAPHS, PICTURES = 12, 42, 3
WORDS_EACH = 72
OTHERS = 8  # short articles beside it in the list

_WORDS = """
    people who rest before they tire walk further and fall less than those who wait
    until the leg gives way and a short walk each day does more for the heart and the
    mood than a long one on Sunday though nobody knows how long the effect will last
"""


def _sentences(chance: random.Random, words: int) -> str:
    drawn = [chance.choice(_WORDS.split()) for _ in range(words)]
    for start in range(0, words, 12):
        drawn[start] = drawn[start].capitalize()
        end = min(start + 11, words - 1)
        drawn[end] += "."
    return " ".join(drawn)


def parts() -> list[tuple[str, str]]:
    """Return (kind, text) of each block: heading, paragraph (as HTML) or picture."""
    chance = random.Random(7)  # noqa: S311
    found: list[tuple[str, str]] = []
    for number in range(HEADINGS):
        found.append(("heading", f"Part {number + 1}"))
        for at in range(number, PARAGRAPHS, HEADINGS):
            words = _sentences(chance, WORDS_EACH)
            found.append(("paragraph", f"<p>{words} <b>{words[:20]}</b></p>"))
            if at in (3, 16, 29):
                found.append(("picture", f"picture-{at}"))
    return found


# How each site's own script makes a picture of 1600 by 1000 pixels.
PICTURE = """
import io
from django.core.files.images import ImageFile
from PIL import Image as Pillow
def drawn(number):
    content = io.BytesIO()
    picture = Pillow.linear_gradient("L").resize((1600, 1000)).rotate(40 * number)
    picture.convert("RGB").save(content, "JPEG")
    return ImageFile(io.BytesIO(content.getvalue()), name=f"drawn-{number}.jpg")
"""
