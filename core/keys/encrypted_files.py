"""Files encrypted in pieces, so that one of any length is read with little memory.

``magic | key's name | salt | piece | piece …``: every piece is AES-GCM over 64 kB with
the piece's number and whether it is the last in its nonce, so that pieces cannot be
left out, repeated, put in another order or cut off (the STREAM construction). The key
is made for this one file from its owner's key and the salt, and the file is bound to
its place, as values are.
"""

import secrets
from collections.abc import Iterator
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core import encryption

PIECE_BYTES = 64 * 1024
_MAGIC = b"aesgcmf1"
_KEY_NAME_BYTES = 8
_SALT_BYTES = 32
_TAG_BYTES = 16
_HEADER_BYTES = len(_MAGIC) + _KEY_NAME_BYTES + _SALT_BYTES
_PURPOSE = "files"


def encrypted(
    content: bytes, place: tuple[str, ...], key: encryption.Key
) -> Iterator[bytes]:
    """Yield ``content`` encrypted with ``key`` and bound to ``place``."""
    salt = secrets.token_bytes(_SALT_BYTES)
    cipher, bound_to = _cipher(key, salt), encryption.bound_to(place)
    yield _MAGIC + bytes.fromhex(key.name) + salt
    # An empty file has one piece too: the last.
    starts = range(0, len(content), PIECE_BYTES) or range(1)
    for number, start in enumerate(starts):
        piece = content[start : start + PIECE_BYTES]
        is_last = start + PIECE_BYTES >= len(content)
        yield cipher.encrypt(_nonce(number, is_last), piece, bound_to)


def encrypted_size(size: int) -> int:
    """Return how many bytes `encrypted` makes of ``size``."""
    pieces = max(1, -(-size // PIECE_BYTES))
    return _HEADER_BYTES + size + pieces * _TAG_BYTES


def key_name(file: IO[bytes]) -> str:
    """Return the name of the key that a file is under.

    Raises:
        core.encryption.NotEncryptedError: ``file`` is no encrypted file.
    """
    return _header(file)[0]


def decrypted(file: IO[bytes], place: tuple[str, ...]) -> Iterator[bytes]:
    """Yield the pieces that `encrypted` was given, each proved before it is yielded.

    Raises:
        core.encryption.NotEncryptedError: ``file`` is no encrypted file.
        core.encryption.UnknownKeyError: Its key is no longer there.
        core.encryption.TamperedError: It was changed, cut short, or written for another
            place; what was yielded until then is right.
    """
    name, salt = _header(file)
    key = encryption.key_called(name)
    cipher, bound_to = _cipher(key, salt), encryption.bound_to(place)
    number, piece = 0, _read(file)
    while True:
        following = _read(file)
        try:
            yield cipher.decrypt(_nonce(number, not following), piece, bound_to)
        except InvalidTag as error:
            raise encryption.TamperedError from error
        if not following:
            return
        number, piece = number + 1, following


def _header(file: IO[bytes]) -> tuple[str, bytes]:
    """Return the name of a file's key, and its salt."""
    header = file.read(_HEADER_BYTES)
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        raise encryption.NotEncryptedError
    return header[len(_MAGIC) : -_SALT_BYTES].hex(), header[-_SALT_BYTES:]


def _read(file: IO[bytes]) -> bytes:
    """Read one encrypted piece; a storage may hand out less at a time."""
    parts, missing = [], PIECE_BYTES + _TAG_BYTES
    while missing and (part := file.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _cipher(key: encryption.Key, salt: bytes) -> AESGCM:
    made = HKDF(SHA256(), length=32, salt=salt, info=b"file")
    return AESGCM(made.derive(key.derived(_PURPOSE)))


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11) + bytes([is_last])
