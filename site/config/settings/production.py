"""Production: what the environment must provide."""

from django.core.exceptions import ImproperlyConfigured

from .base import *

REQUIRED = {
    "SECRET_KEY": "a long random text that signs sessions and links",
    "ALLOWED_HOSTS": "the site's host names, separated by commas",
    "BASE_URL": "the site's address, such as https://clinic.example",
    "DATABASE_URL": "such as postgres://user:password@host/name",
    "FIELD_KEYS": "encryption keys of applications, newest first, with commas",
    "CACHE_URL": "such as redis://host:6379/1, where attempts to sign in are counted",
    "EMAIL_URL": "such as smtp+tls://user:password@host:587",
    "DEFAULT_FROM_EMAIL": "the address that e-mails come from",
    "HSTS": "how long browsers insist on TLS: off, a number of seconds, or full",
}
if missing := [name for name in REQUIRED if not env(name, default="")]:
    raise ImproperlyConfigured(
        "The environment lacks:\n"
        + "\n".join(f"  {name}: {REQUIRED[name]}" for name in missing)
    )

if TASKS["default"]["BACKEND"] == IMMEDIATE_TASKS:
    raise ImproperlyConfigured(
        "TASKS_BACKEND must be a queue, such as django_tasks_db.DatabaseBackend, whose "
        "tasks a worker runs (manage.py db_worker). Tasks that run at once hold "
        "visitors while a mail server hangs, and are lost when they fail."
    )

SECRET_KEY = env("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
TRUSTED_PROXIES = number("TRUSTED_PROXIES", default=1)

# A browser that has read the header refuses every address without TLS until its time
# is over; "full" includes all subdomains, and asks to be built into browsers. What is
# less fails checks of Django's, which are silenced here and nowhere else.
match env("HSTS").lower():
    case "full":
        SECURE_HSTS_SECONDS = 63_072_000  # two years
        SECURE_HSTS_INCLUDE_SUBDOMAINS = True
        SECURE_HSTS_PRELOAD = True
    case "off" | "0":
        SILENCED_SYSTEM_CHECKS = ["security.W004"]
    case seconds if seconds.isdecimal():
        SECURE_HSTS_SECONDS = int(seconds)
        SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
    case _:
        raise ImproperlyConfigured(
            f"HSTS is “{env('HSTS')}”. It is “off”, “full” or a number of seconds."
        )
