"""Small files that unfold, and large ones of one kind, are read or refused soon."""

import time

import pytest

from evidence.formats import detect

LARGE = detect.LARGEST - 200
ENTITIES = "".join(
    f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(10)
)
STRINGS = '@string{s0 = "lol"}\n' + "".join(
    f"@string{{s{n} = {' # '.join([f's{n - 1}'] * 10)}}}\n" for n in range(1, 12)
)
BOMBS = {
    "billion laughs": f"<?xml version='1.0'?><!DOCTYPE x [{ENTITIES}]><x>&e9;</x>",
    "strings of strings": f"{STRINGS}@book{{a, title=s11}}",
    "deep JSON": "[" * LARGE,
    "deep closed JSON": f'[{{"title": "A", "x": {"[" * 50_000}{"]" * 50_000}}}]',
    "deep braces": f"@book{{a, title={{{'{' * (LARGE // 2)}{'}' * (LARGE // 2)}}}}}",
    "one line of JSON": f'[{{"title": "{"x" * LARGE}"}}]',
    "one line of BibTeX": f"@book{{a, title={{{'x' * LARGE}}}}}",
    "one line of RIS": f"TY  - JOUR\nTI  - {'x' * LARGE}\nER  - \n",
    "one line of NBIB": f"PMID- 1\nTI  - {'x' * LARGE}\n",
    "a line of 10 MB": "x" * 10_000_000,
    "a number of 4 MB": f'[{{"title": "A", "volume": {"9" * 4_000_000}}}]',
}


def read(text):
    """Return how many works are found, and why a file is refused as a whole."""
    try:
        return len(detect.read(text).records), ""
    except detect.Unreadable as refused:
        return 0, str(refused)


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_read_or_refused_with_a_sentence(text):
    began = time.process_time()

    works, sentence = read(text)

    # Three seconds, seven times that on a busy machine that measures branches; what
    # grows with the square would take minutes.
    assert time.process_time() - began < 60
    assert works == 1 or sentence.endswith(".")
