"""AES-GCM with a list of keys: the first writes, all read.

A value says which key it was written with and is bound to the place it belongs to, so
that it cannot be moved to another row. Its length tells nothing but its order of size.
"""

import base64
import binascii
import hashlib
import hmac
import json
import re
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext_lazy as _

_TOKEN = re.compile(r"aesgcm1\.([0-9a-f]{16})\.([A-Za-z0-9_-]+)")
_NONCE_BYTES = 12
# Texts are padded to a multiple of this: length must not tell "yes" from "no".
_BLOCK_BYTES = 64
_KEY_BYTES = 32


class EncryptionError(Exception):
    """A value cannot be written or read; ``sentence`` tells staff why."""

    sentence = _("This answer cannot be read.")


class KeysUnusableError(EncryptionError):
    """No key is set, or one is malformed."""

    sentence = _(
        "The site has no valid key for what applicants send. An administrator must set "
        "FIELD_KEYS."
    )


class UnknownKeyError(EncryptionError):
    """The value was written with a key that is not in the list."""

    sentence = _(
        "This answer was encrypted with a key that the site no longer has. An "
        "administrator must put that key back into FIELD_KEYS."
    )


class NotEncryptedError(EncryptionError):
    """The value is not encrypted."""

    sentence = _(
        "This answer is not encrypted as it should be and is not shown. Tell an "
        "administrator."
    )


class TamperedError(EncryptionError):
    """The value was altered, or moved from another row."""

    sentence = _(
        "This answer was changed or moved outside this site and is not shown. Tell an "
        "administrator."
    )


def encrypt(text: str, place: tuple[str, ...]) -> str:
    """Return ``text`` encrypted with the first key and bound to ``place``.

    Args:
        text: What is to be kept secret.
        place: Where it is kept: table, column and row. `decrypt` needs the same.

    Raises:
        KeysUnusableError: There is no key to write with.
    """
    name, key = next(iter(_keys().items()))
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, _padded(text.encode()), _bound_to(place))
    return f"aesgcm1.{name}.{_to_base64(nonce + sealed)}"


def decrypt(token: str, place: tuple[str, ...]) -> str:
    """Return the text that `encrypt` was given.

    Raises:
        NotEncryptedError: ``token`` does not look like an encrypted value.
        UnknownKeyError: It was written with a key that is not in the list.
        TamperedError: It was changed, or written for another place.
        KeysUnusableError: There is no key to read with.
    """
    match = _TOKEN.fullmatch(token)
    if match is None:
        raise NotEncryptedError
    key = _keys().get(match[1])
    if key is None:
        raise UnknownKeyError
    try:
        raw = base64.b64decode(_from_base64(match[2]), altchars=b"-_", validate=True)
        padded = AESGCM(key).decrypt(
            raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], _bound_to(place)
        )
    except (InvalidTag, ValueError, binascii.Error) as error:
        raise TamperedError from error
    return padded.rstrip(b"\0")[:-1].decode()


def looks_encrypted(token: str) -> bool:
    return _TOKEN.fullmatch(token) is not None


def digest(text: str) -> str:
    """Return a keyed digest of ``text``, which does not reveal it.

    Keyed, because what can be guessed (a yes, a date) can be tried out otherwise.
    """
    name, key = next(iter(_keys().items()))
    return f"{name}.{_digest(key, text)}"


def digest_matches(kept: str, text: str) -> bool:
    """Return whether ``kept`` is the `digest` of ``text``, made with any of the keys.

    Under a key that is gone nothing matches.
    """
    name, _, value = kept.partition(".")
    key = _keys().get(name)
    return key is not None and hmac.compare_digest(value, _digest(key, text))


def key_names() -> list[str]:
    """Return what the keys are called in values, which reveals nothing of them."""
    return list(_keys())


def check_keys() -> None:
    """Raise `KeysUnusableError` unless there is a key to write with."""
    _keys()


def _keys() -> dict[str, bytes]:
    """Return the keys by name, the one that writes first."""
    return _parsed(tuple(settings.FIELD_KEYS))


@lru_cache(maxsize=8)
def _parsed(texts: tuple[str, ...]) -> dict[str, bytes]:
    keys: dict[str, bytes] = {}
    for text in texts:
        try:
            key = base64.b64decode(text.strip(), altchars=b"-_", validate=True)
        except (ValueError, binascii.Error):
            raise KeysUnusableError from None
        if len(key) != _KEY_BYTES:
            raise KeysUnusableError
        keys[_derived(key, "name").hex()[:16]] = key
    if not keys:
        raise KeysUnusableError
    return keys


def _derived(key: bytes, purpose: str) -> bytes:
    return hmac.new(key, f"applications: {purpose}".encode(), hashlib.sha256).digest()


def _digest(key: bytes, text: str) -> str:
    return hmac.new(_derived(key, "digest"), text.encode(), hashlib.sha256).hexdigest()


def _bound_to(place: tuple[str, ...]) -> bytes:
    # A list in JSON, since joined with a separator ("a", "b.c") equals ("a.b", "c").
    return json.dumps(place).encode()


def _padded(text: bytes) -> bytes:
    """Append a 1 bit and fill the last block with 0 bits."""
    marked = text + b"\1"
    return marked + b"\0" * (-len(marked) % _BLOCK_BYTES)


def _to_base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _from_base64(text: str) -> str:
    return text + "=" * (-len(text) % 4)
