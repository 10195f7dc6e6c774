"""Fast and quiet: what the tests run under."""

import tempfile
from pathlib import Path

from .base import *
from .without_tls import *

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
else:
    DATABASES["default"].setdefault("OPTIONS", {}).update(POSTGRESQL_OPTIONS)
DATABASES["default"]["ENGINE"] = (
    f"delivery.database.{DATABASES['default']['ENGINE'].rpartition('.')[2]}"
)
PAGE_STORE = PAGE_GENERATIONS = ""
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS["default"]["BACKEND"] = IMMEDIATE_TASKS
MAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="test-media-"))
STATIC_ROOT = Path(tempfile.mkdtemp(prefix="test-static-"))
STORAGES["default"] = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
STORAGES["private"] = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {"location": tempfile.mkdtemp(prefix="test-private-")},
}
STORAGES["applicants"] = {
    "BACKEND": "config.durable_storage.DurableStorage",
    "OPTIONS": {"location": tempfile.mkdtemp(prefix="test-applicants-")},
}
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
ERASURE_LIST = str(Path(tempfile.mkdtemp(prefix="test-erasures-")) / "list")
CLAMAV = ""
# Counts are written when a request is over, also one whose queries a test counts.
NOT_FOUND_DAYS = 0
APPLICANTS_RESERVE = 0
SERVE_MEDIA = True
# Tests of the second factor ask for it; others are about what comes after.
SECOND_FACTOR_PERMISSIONS = []
INSTALLED_APPS = ["demonstration", *INSTALLED_APPS]
LOGGING["root"]["level"] = "WARNING"
