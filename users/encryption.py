"""Encrypts the secrets of second factors.

The keys are made from those in ``FIELD_KEYS``: the first writes, all read. None of them
is used as it is, since the same keys encrypt what applicants send, in another way.
"""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def encrypt(text: str) -> str:
    return _keys(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode()


def decrypt(token: str, max_age: int | None = None) -> str:
    """Return the text that `encrypt` was given.

    Args:
        token: What `encrypt` returned.
        max_age: How many seconds ago at most; None: any time.

    Raises:
        cryptography.fernet.InvalidToken: The token is no such text, is too old, or was
            written with a key that is no longer in the list.
    """
    return _keys(tuple(settings.FIELD_KEYS)).decrypt(token.encode(), max_age).decode()


def which_key(token: str) -> int | None:
    """Return the place in ``FIELD_KEYS`` of a token's key, None where it has none."""
    for place, text in enumerate(settings.FIELD_KEYS):
        try:
            _keys((text,)).decrypt(token.encode())
        except InvalidToken:
            continue
        return place
    return None


@lru_cache(maxsize=8)
def _keys(texts: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_derived(text)) for text in texts])


def _derived(text: str) -> bytes:
    derivation = HKDF(SHA256(), length=32, salt=None, info=b"users: second factors")
    key = derivation.derive(base64.urlsafe_b64decode(text.strip()))
    return base64.urlsafe_b64encode(key)
