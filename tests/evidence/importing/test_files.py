"""Files of references as they come: in any encoding, too large, or none at all."""

import random
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.formats import detect
from evidence.formats.records import Refusal
from tests.helpers import reference_corpus

FILES = {name: reference_corpus.file(name, 12) for name in reference_corpus.WRITERS} | {
    path.name: path.read_text()
    for path in (Path(__file__).parents[2] / "data" / "references").iterdir()
}


class TestEncodings:
    TEXT = "@article{a,\n title={Ångström},\n author={Öztürk, É},\n year=2020}\n"

    @pytest.mark.parametrize(
        "data",
        [
            TEXT.encode(),
            TEXT.encode("utf-8-sig"),
            TEXT.encode("utf-16"),
            TEXT.encode("utf-16-be"),
            TEXT.encode("utf-16-le"),
            TEXT.encode("latin-1"),
            TEXT.replace("\n", "\r\n").encode(),
            TEXT.replace("\n", "\r").encode(),
        ],
    )
    def test_do_not_matter(self, data):
        [found] = detect.read(data).records

        assert found.fields["title"] == "Ångström"
        assert found.fields["authors"] == [{"family": "Öztürk", "given": "É"}]


@given(seed=st.integers(), name=st.sampled_from(sorted(FILES)))
@settings(max_examples=150, deadline=None)
def test_a_damaged_file_is_read_or_refused(seed, name):
    """Cut, spliced and spoilt at random: what remains ends as records or a sentence."""
    chance = random.Random(seed)  # noqa: S311
    text = FILES[name]
    for _ in range(chance.randint(1, 8)):
        place, length = chance.randrange(len(text) + 1), chance.randint(0, 60)
        other = chance.choice(list(FILES.values()))
        start = chance.randrange(len(other))
        text = text[:place] + chance.choice(
            [
                text[place + length :],
                chance.choice('{}[]",@\\\n=$%~-:#()\x00\ud800') + text[place:],
                other[start : start + 300] + text[place:],
                "",
            ]
        )

    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    with suppress(detect.Unreadable):
        for found in detect.read(text).records:
            assert found.line <= lines
            assert isinstance(found, Refusal) or found.fields["title"]


class TestRefusedFiles:
    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"", "nothing in it"),
            (b" \n\n", "nothing in it"),
            (b"%PDF-1.7 binary", "a PDF"),
            (b"PK\x03\x04....", "Word, Excel or zip"),
            (bytes(range(256)) * 4, "not text"),
            (b"Just some words.\nAnd more.", "not a list of works"),
            (b"[]", "No work was found"),
            (b"@comment{only}", "No work was found"),
            (b"x" * (detect.LARGEST + 1), "larger than 5 MB"),
        ],
    )
    def test_are_told_what_to_do(self, data, words):
        with pytest.raises(detect.Unreadable, match=words):
            detect.read(data)

    def test_with_too_many_works(self, monkeypatch):
        monkeypatch.setattr(detect, "MOST", 2)

        with pytest.raises(detect.Unreadable, match="more than 2 works"):
            detect.read("10.1000/a\n10.1000/b\n10.1000/c")

    @pytest.mark.parametrize(
        "text",
        [
            "[" * 200_000,
            '{"a":' * 100_000,
            "[\n" * 20_000,
            '[{"title": "A", "type": "book", "x": ' + "[" * 50_000,
            "@article{a, title={" + "{" * 50_000 + "x" + "}" * 50_000 + "}}",
            "@article{a, title={\\" + "{\\" * 5_000 + "}}",
            "@" * 100_000 + "{",
            '[{"title": "A", "type": "book", "volume": ' + "9" * 50_000 + "}]",
            "TY  - JOUR\n" * 5_000,
            "PMID- \n" * 5_000,
            '{"title": ' * 3_000,
        ],
        ids=range(11),
    )
    def test_do_not_exhaust_the_server(self, text):
        with suppress(detect.Unreadable):
            detect.read(text)
