"""Somebody's words are found as words, however they are written."""

import json

import pytest

from core.text.wording import Wording

EMAIL = "ada@example.org"


@pytest.mark.parametrize(
    ("word", "text", "is_found"),
    [
        (EMAIL, "Write to <ADA@example.org>.", True),
        (EMAIL, {"a": ["to\nada@example.org\nnow"]}, True),
        (EMAIL, "x.ada@example.org", False),
        (EMAIL, "o'ada@example.org", False),
        (EMAIL, "ada@example.organic", False),
        (EMAIL, "ada@example.org.uk", False),
        ("12345", "Call 12345!", True),
        ("12345", "Call 123456", False),
        ("Zoë Müller", json.dumps([{"value": "ZOË  MÜLLER"}]), True),
        ("Zoë Müller", "Zoe\u0308 Mu\u0308ller", True),
        ("Zoë Müller", "Zoë Müllerin", False),
        ("Ann O'Quill", "<b>ann O&#x27;Quill</b>", True),
    ],
)
def test_finds_whole_words_alone(word, text, is_found):
    assert Wording([word]).is_in(text) is is_found


def test_finds_nothing_of_nobody():
    assert not Wording([]).is_in("Anything")
