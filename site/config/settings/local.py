"""Production without TLS on one machine: what `make run` serves.

The first run writes its keys to `var/`; later runs read them, and so can read what
the first one encrypted.
"""

import base64
import os
import secrets

from .base import *


def _kept(name: str, make: str) -> str:
    """Return the secret kept in ``var/<name>``, writing ``make`` there at first.

    Two processes that start together agree: whoever links the file first wins.
    """
    path = VAR / name
    if not path.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        draft = VAR / f"{name}.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(make)
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


SECRET_KEY = env("SECRET_KEY", default="") or _kept(
    "secret_key", secrets.token_urlsafe(64)
)
FIELD_KEYS = FIELD_KEYS or _kept(
    "field_keys", base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
).split(",")

ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"]
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
SERVE_MEDIA = True
SEARCH_ENGINES_ALLOWED = env.bool("SEARCH_ENGINES_ALLOWED", default=False)
DEMONSTRATION = True
