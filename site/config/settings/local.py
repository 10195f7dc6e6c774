"""Production without TLS on one machine: what `make run` serves.

The first run writes its keys to `var/`; later runs read them, and so can read what
the first one encrypted.
"""

import base64
import os
import secrets

from .base import *
from .without_tls import *


def _kept(name: str, make: str) -> str:
    """Return the secret in ``var/<name>``, created by ``make`` at first.

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

WAGTAILADMIN_BASE_URL = base_url(f"http://localhost:{env('PORT', default='8000')}")
ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"]
# Without a worker: tasks run after the request's transaction, and e-mails become files.
TASKS["default"]["BACKEND"] = env("TASKS_BACKEND", default=IMMEDIATE_TASKS)
MAIL_DELIVERY_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
# Pages are kept as files until something changes.
PAGE_STORE = env("PAGE_STORE", default=str(VAR / "pages"))
SERVE_MEDIA = True
# A phone is not needed to try the site.
if not switch("SECOND_FACTOR", default=False):
    SECOND_FACTOR_PERMISSIONS = []
SEARCH_ENGINES_ALLOWED = switch("SEARCH_ENGINES_ALLOWED", default=False)
# Content for trying the site, and the pattern library.
INSTALLED_APPS = ["demonstration", *INSTALLED_APPS]
