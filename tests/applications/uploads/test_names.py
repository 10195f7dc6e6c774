"""Names of files, whatever a browser sends, do no harm and still say what it is."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from applications.uploads.names import MOST_BYTES, safe_name

PDF = "application/pdf"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("MRI report 2024.pdf", "MRI report 2024.pdf"),
        ("Überweisung Dr. Müller.PDF", "Überweisung Dr. Müller.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\me\\letter.pdf", "letter.pdf"),
        ("letter.pdf.exe", "letter.pdf"),
        ("letter\u202efdp.exe", "letterfdp.pdf"),
        ("=cmd('calc').pdf", "cmd(_calc_).pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', "a_b Set-Cookie_ x.pdf"),
        (".pdf", "file.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        ("NUL.pdf", "_NUL.pdf"),
        ("con", "_con.pdf"),
        ("報告書.pdf", "報告書.pdf"),
        ("Mu\u0308ller.pdf", "M\u00fcller.pdf"),
        ("scan.jpeg", "scan.pdf"),
        ("No. 5", "No. 5.pdf"),
    ],
)
def test_a_name_keeps_its_words_and_loses_its_tricks(sent, kept):
    assert safe_name(sent, PDF) == kept


@given(st.text(st.characters(), max_size=400), st.sampled_from([PDF, "image/jpeg"]))
@example("ä" * 300, PDF)
@example("a" * 255, PDF)
@example("com1." + "x" * 300, PDF)
@example("e\u0301" * 200, PDF)
@example("\ud800.pdf", PDF)
@example("x\0y.pdf", PDF)
def test_any_name_can_be_shown_and_saved_anywhere(sent, content_type):
    name = safe_name(sent, content_type)

    assert 5 <= len(name.encode()) <= MOST_BYTES
    assert not set(name) & set('/\\<>:"|?*;')
    assert not [c for c in name if unicodedata.category(c)[0] == "C"]
    assert name[0] not in " .-=+@~"
    assert name.lower().endswith((".pdf", ".jpg", ".jpeg"))
    assert not name.partition(".")[0].endswith(" ")
    assert safe_name(name, content_type) == name
