"""AES-GCM with a list of keys: the first writes, all read.

A value says which key it was written with and is bound to the place it belongs to, so
that it cannot be moved to another row. Its length tells nothing but its order of size.
Besides the keys of `FIELD_KEYS` there are those kept in the database, each encrypted
with one of them (`core.keys.data_keys`).
"""

import base64
import binascii
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext_lazy as _

# A value begins with this, a key's name, and a dot.
PREFIX = "aesgcm1."
NAME_LENGTH = 16
KEY_NAME = re.compile(rf"[0-9a-f]{{{NAME_LENGTH}}}")
_TOKEN = re.compile(rf"{re.escape(PREFIX)}({KEY_NAME.pattern})\.([A-Za-z0-9_-]+)")
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


@dataclass(frozen=True)
class Key:
    """A key of 32 bytes, and what values call it."""

    secret: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """A name that reveals nothing of the key."""
        return _derived(self.secret, "name").hex()[:NAME_LENGTH]

    def derived(self, purpose: str) -> bytes:
        """Return a key of 32 bytes for another use."""
        return _derived(self.secret, purpose)


def encrypt(text: str, place: tuple[str, ...], key: Key | None = None) -> str:
    """Return ``text`` encrypted and bound to ``place``.

    Args:
        text: What is to be kept secret.
        place: Where it is kept: table, column and row. `decrypt` needs the same.
        key: The key to write with; None for the first of `FIELD_KEYS`.

    Raises:
        KeysUnusableError: There is no key to write with.
    """
    key = key or first_key()
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(key.secret).encrypt(nonce, _padded(text.encode()), bound_to(place))
    return f"{PREFIX}{key.name}.{_to_base64(nonce + sealed)}"


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
    secret = key_called(match[1]).secret
    try:
        raw = base64.b64decode(_from_base64(match[2]), altchars=b"-_", validate=True)
        padded = AESGCM(secret).decrypt(
            raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], bound_to(place)
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
    return digests(text)[0]


def digests(text: str) -> list[str]:
    """Return the digests of ``text`` under every key, to look one up that was kept."""
    return [f"{name}.{_digest(key, text)}" for name, key in _keys().items()]


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


def first_key() -> Key:
    """Return the key of `FIELD_KEYS` that writes.

    Raises:
        KeysUnusableError: No key is set, or one is malformed.
    """
    return Key(next(iter(_keys().values())))


def key_called(name: str) -> Key:
    """Return the key of this name, of `FIELD_KEYS` or of those in the database.

    Raises:
        UnknownKeyError: There is none.
        KeysUnusableError: No key is set, or one is malformed.
    """
    if secret := _keys().get(name):
        return Key(secret)
    if key := _kept_elsewhere(name):
        return key
    raise UnknownKeyError


def find_more_keys(find: Callable[[str], Key | None]) -> None:
    """Have ``find`` asked for keys that are not in `FIELD_KEYS`, by their names."""
    global _kept_elsewhere
    _kept_elsewhere = find


def _nowhere(name: str) -> Key | None:
    return None


_kept_elsewhere: Callable[[str], Key | None] = _nowhere


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
        keys[Key(key).name] = key
    if not keys:
        raise KeysUnusableError
    return keys


def _derived(key: bytes, purpose: str) -> bytes:
    return hmac.new(key, f"applications: {purpose}".encode(), hashlib.sha256).digest()


def _digest(key: bytes, text: str) -> str:
    return hmac.new(_derived(key, "digest"), text.encode(), hashlib.sha256).hexdigest()


def bound_to(place: tuple[str, ...]) -> bytes:
    """Return ``place`` as the data that a value is authenticated with."""
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
