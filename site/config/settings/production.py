"""Production: what the environment must provide, named at once when it is missing."""

from django.core.exceptions import ImproperlyConfigured

from .base import *

REQUIRED = {
    "SECRET_KEY": "a long random text that signs sessions and links",
    "ALLOWED_HOSTS": "the site's host names, separated by commas",
    "BASE_URL": "the site's address, such as https://clinic.example",
    "DATABASE_URL": "such as postgres://user:password@host/name",
    "FIELD_KEYS": "encryption keys of applications, newest first, with commas",
    "EMAIL_URL": "such as smtp+tls://user:password@host:587",
    "DEFAULT_FROM_EMAIL": "the address that e-mails come from",
}
if missing := [name for name in REQUIRED if not env(name, default="")]:
    raise ImproperlyConfigured(
        "The environment lacks:\n"
        + "\n".join(f"  {name}: {REQUIRED[name]}" for name in missing)
    )

SECRET_KEY = env("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DEMONSTRATION = False
