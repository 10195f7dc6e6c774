"""Encrypted files: whole, in order, in their own place, or not at all."""

import base64
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import encryption
from core.keys.encrypted_files import (
    PIECE_BYTES,
    decrypted,
    encrypted,
    encrypted_size,
)

OLD = base64.urlsafe_b64encode(b"o" * 32).decode()
NEW = base64.urlsafe_b64encode(b"n" * 32).decode()
PLACE = ("table", "file", "row")
HEADER, PIECE = 48, PIECE_BYTES + 16
THREE = bytes(range(256)) * 256 * 2 + b"the end"


@pytest.fixture(autouse=True)
def keys(settings, monkeypatch):
    settings.FIELD_KEYS = [OLD]
    # None in the database, which is not asked.
    monkeypatch.setattr(encryption, "_kept_elsewhere", lambda name: None)


def sealed(content=THREE, place=PLACE):
    return b"".join(encrypted(content, place, encryption.first_key()))


def opened(content, place=PLACE):
    return b"".join(decrypted(BytesIO(content), place))


@pytest.mark.parametrize(
    "length", [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 3 * PIECE_BYTES]
)
def test_a_file_of_any_length_comes_back_as_it_was(length):
    content = b"\0\xff" * (length // 2) + b"x" * (length % 2)

    assert opened(sealed(content)) == content
    assert len(sealed(content)) == encrypted_size(length)


def test_equal_files_are_never_written_the_same():
    assert sealed()[HEADER:] != sealed()[HEADER:]


def test_a_store_that_hands_out_little_at_a_time_is_read_all_the_same():
    class Slow(BytesIO):
        def read(self, size=-1):
            return super().read(min(size, 1000))

    assert b"".join(decrypted(Slow(sealed()), PLACE)) == THREE


def parts():
    whole = sealed()
    assert len(whole) == HEADER + 2 * PIECE + 16 + 7
    head, body = whole[:HEADER], whole[HEADER:]
    return head, body[:PIECE], body[PIECE : 2 * PIECE], body[2 * PIECE :]


@pytest.mark.parametrize(
    "order",
    [(0, 2, 1, 3), (0, 1, 3), (0, 1, 2), (0, 1), (0,), (0, 1, 1, 2, 3), (0, 3)],
)
def test_pieces_left_out_repeated_or_in_another_order_are_noticed(order):
    found = parts()

    with pytest.raises(encryption.TamperedError):
        opened(b"".join(found[n] for n in order))


def test_a_piece_of_another_file_is_noticed():
    one, other = parts(), parts()

    with pytest.raises(encryption.TamperedError):
        opened(one[0] + one[1] + other[2] + one[3])


@given(st.integers(min_value=0, max_value=47 + 23), st.integers(1, 255))
def test_a_changed_byte_is_noticed_wherever_it_is(place, change):
    content = bytearray(sealed(b"private"))
    content[place] ^= change

    with pytest.raises(encryption.EncryptionError):
        opened(bytes(content))


def test_a_file_moved_to_another_row_is_not_read():
    with pytest.raises(encryption.TamperedError):
        opened(sealed(), ("table", "file", "other"))


def test_what_is_not_encrypted_is_not_handed_out():
    for content in (b"", b"plain", b"%PDF-1.4" + b"x" * 100):
        with pytest.raises(encryption.NotEncryptedError):
            opened(content)


def test_a_later_key_reads_what_an_earlier_one_wrote(settings):
    content = sealed()

    settings.FIELD_KEYS = [NEW, OLD]
    assert opened(content) == THREE

    settings.FIELD_KEYS = [NEW]
    with pytest.raises(encryption.UnknownKeyError):
        opened(content)
