"""What is drawn: everything that can be printed, within the picture, and no boxes."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageFont, features

from seo.social_pictures.drawing import draw
from seo.social_pictures.facts import Facts
from seo.social_pictures.typefaces import (
    Typeface,
    is_right_to_left,
    printable,
    typefaces,
)

pytestmark = pytest.mark.one_database

CLINIC = "The clinic"
TITLES = {
    "one letter": "A",
    "three hundred characters": ("A very long title that says everything. " * 8)[:300],
    "one long word": "W" * 300,
    "right to left": "كيف نقيس المشي بعد العلاج؟ MRI 2026",
    "emoji": "Steps 🦿 and smiles",
    "no letter we have": "漢字",
    "markup": "</script><script>alert(1)</script>",
    "control characters": "a\0b\x1b[31m\u202egnp.exe",
    "nothing": "",
}


def drawn(title, **said):
    return Image.open(BytesIO(draw(Facts(title, CLINIC, **said)).content))


def inked(picture):
    """Return the box around all that is not paper, beneath the band."""
    picture = picture.convert("RGB").crop((0, 30, *picture.size))
    paper = Image.new("RGB", picture.size, picture.getpixel((5, 300)))
    difference = ImageChops.difference(picture, paper).convert("L")
    return difference.point(lambda value: 255 * (value > 60)).getbbox()


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_any_title_stays_within_the_margins(title):
    picture = drawn(title)

    assert (picture.format, picture.size) == ("JPEG", (1200, 630))
    left, _top, right, bottom = inked(picture)
    assert left >= 70
    assert right <= 1130
    assert bottom <= 600


def test_no_picture_is_heavy():
    assert (
        max(len(draw(Facts(title, CLINIC)).content) for title in TITLES.values())
        < 200_000
    )


def test_letters_from_right_to_left_begin_at_the_right():
    arabic, latin = inked(drawn("مشي")), inked(drawn("Walk"))

    assert arabic[0] > 600 > latin[2]
    assert is_right_to_left("123 שלום")
    assert not is_right_to_left("123 hello שלום")


@pytest.mark.parametrize("title", ["Walk", "مشي"])
def test_a_machine_without_libfribidi_draws_as_well(monkeypatch, title):
    monkeypatch.setattr(features, "check", lambda feature: False)
    monkeypatch.setattr(ImageFont.core, "HAVE_RAQM", False)
    Typeface.at.cache_clear()
    try:
        assert inked(drawn(title))
    finally:
        Typeface.at.cache_clear()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Steps 🦿 taken", "Steps taken"),
        ("e\N{COMBINING ACUTE ACCENT}t\N{COMBINING ACUTE ACCENT}", "ét\u0301"),
        ("漢字 and words", "and words"),
        ("\u202egnp.exe\0", "gnp.exe"),
        ("Ходьба", "Ходьба"),
        ("  spaced \t out ", "spaced out"),
    ],
)
def test_what_no_typeface_has_is_left_out(text, kept):
    said, face = printable(text)

    assert said.replace("\u0301", "") == kept.replace("\u0301", "")
    assert all(map(face.has, said))


def test_the_site_s_own_typeface_prints_what_it_can():
    own, other = typefaces()

    assert printable("Walking, measured 😀")[1] is own
    assert printable("Ходьба")[1] is other
    assert not own.has("漢")
    assert not other.has("漢")


def test_a_title_in_unknown_letters_leaves_the_name():
    assert inked(drawn("漢字")) == inked(drawn(CLINIC))


def test_a_title_too_long_is_cut_and_a_shorter_one_is_not():
    long, longer = drawn("word " * 60), drawn("word " * 200)

    assert ImageChops.difference(long, drawn("word " * 61)).getbbox()
    assert not ImageChops.difference(longer, drawn("word " * 201)).getbbox()


def test_who_asks_for_other_words_gets_another_address():
    said = Facts("A title", CLINIC)

    assert said.digest == Facts("A title", CLINIC).digest
    others = [Facts("A titel", CLINIC), Facts("A title", "Another clinic")]
    others.append(Facts("A title", CLINIC, author="Ada"))
    assert said.digest not in {other.digest for other in others}
