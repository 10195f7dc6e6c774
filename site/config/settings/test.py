"""Fast and quiet: what the tests run under."""

import tempfile
from pathlib import Path

from .base import *

SECRET_KEY = "only-for-tests-" + "x" * 50
FIELD_KEYS = ["AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DATABASES["default"] = env.db_url("DATABASE_URL", default="sqlite://:memory:")
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in production: one in memory has a single connection, on which what a
    # test asks would run inside the transaction of a request that a browser has made.
    DATABASES["default"]["TEST"] = {
        "NAME": str(Path(tempfile.mkdtemp(prefix="test-database-")) / "db.sqlite3")
    }
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 60,  # seconds: machines that test are slow and busy
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
    }

SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="test-media-"))
STATIC_ROOT = Path(tempfile.mkdtemp(prefix="test-static-"))
STORAGES["withheld"]["OPTIONS"] = {"location": tempfile.mkdtemp(prefix="withheld-")}
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
SERVE_MEDIA = True
DEMONSTRATION = True
LOGGING["root"]["level"] = "WARNING"
