"""Whether a PDF is tagged is told from its bytes."""

import time
import zlib

import pytest

from review.accessibility.pdf_tags import is_tagged

TREE = b"/StructTreeRoot 5 0 R /MarkInfo << /Marked true >>"


def pdf(catalogue=b"", *rest):
    head = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + catalogue + b" >>\nendobj\n"
    return head + b"".join(rest) + b"trailer << /Root 1 0 R >>\n%%EOF"


def packed(text, extra=b""):
    data = zlib.compress(text)
    head = b"7 0 obj\n<< /Type /ObjStm /N 1 /Filter /FlateDecode " + extra + b">>\n"
    return head + b"stream\r\n" + data + b"\nendstream\nendobj\n"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (pdf(TREE), True),
        (pdf(b"", packed(b"1 0 << " + TREE + b" >>")), True),
        (pdf(b"", packed(b"1 0 << /Lang (en) >>")), False),
        (pdf(), False),
        (pdf(b"/MarkInfo << /Marked false >> /StructTreeRoot 5 0 R"), False),
        (pdf(b"/MarkInfo << /Marked true >>"), False),
        (pdf(b"/StructTreeRootless 1 /MarkInfo << /Marked true >>"), False),
        (pdf(b"/Encrypt 9 0 R", packed(b"scrambled")), None),
        (pdf(b"/Encrypt 9 0 R " + TREE), True),
        (b"PK\3\4 a Word document", None),
        (b"", None),
        (pdf(b"", b"7 0 obj\n<< /Type /ObjStm >>\nstream\nno end"), None),
        (pdf(b"", b"7 0 obj\n<< /Type /ObjStm >>\nstream\nplain endstream"), False),
    ],
)
def test_is_told_from_catalogue_and_object_streams(content, expected):
    assert is_tagged(content) is expected


def test_words_in_pictures_and_pages_do_not_count():
    page = (
        b"8 0 obj\n<< /Length 9 >>\nstream\n" + zlib.compress(TREE) + b"\nendstream\n"
    )

    assert is_tagged(pdf(b"", page)) is False


def test_a_stream_that_grows_without_end_fills_no_memory():
    bomb = packed(b"x" * 200_000_000)

    began = time.process_time()
    assert is_tagged(pdf(b"", bomb)) is False
    assert time.process_time() - began < 5


def test_many_streams_are_read_in_no_time():
    streams = packed(b"1 0 << /Lang (en) >>") * 20_000

    began = time.process_time()
    assert is_tagged(pdf(b"", streams)) is False
    assert time.process_time() - began < 5


def test_what_follows_each_of_many_streams_is_not_read_with_it():
    one = b"1 0 obj /ObjStm stream\n" + zlib.compress(b"x")
    filling = b"0" * (8 * 1024 * 1024)

    for streams in (one * 20_000, (one + b" endstream\n") * 40_000):
        began = time.process_time()
        assert is_tagged(pdf(b"", streams, filling)) is None
        assert time.process_time() - began < 5
