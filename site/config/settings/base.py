"""What holds everywhere, safe for production as it stands.

Every other module here starts from this one and says only how it differs.
"""

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF

env = environ.Env()

ROOT = Path(__file__).resolve().parents[3]
SITE = ROOT / "site"
VAR = Path(env("VAR_DIR", default=str(ROOT / "var")))

DEBUG = False
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
WAGTAIL_SITE_NAME = env("SITE_NAME", default="Clinic")
WAGTAILADMIN_BASE_URL = env("BASE_URL", default="http://localhost:8000")

INSTALLED_APPS = [
    # Ours come first: an earlier app's commands and templates win.
    "home",
    "articles",
    "testimonials",
    "applications",
    "newsletter",
    "evidence",
    "people",
    "core",
    "seo",
    "users",
    "wagtailseo",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "core.middleware.refuse_nul_bytes",
    "seo.middleware.turn_search_engines_away",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.PublicGZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.middleware.admin_csp",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.middleware.PublishRefusalMiddleware",
    "core.middleware.DeletionRefusalMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context.site_chrome",
            ],
        },
    },
]

# --- Data -------------------------------------------------------------------------

DATABASES: dict[str, Any] = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'db.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # A writer takes its lock at the start, so that two never upgrade into a
        # deadlock, and an answer is on the disk before it is acknowledged.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
    # An open connection keeps readers served while the disk is full.
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = True

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES: dict[str, Any] = {
    "default": env.cache_url("CACHE_URL", default="locmemcache://"),
}

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [SITE / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Where files lie that no consent covers; nothing may serve it to the public.
    "withheld": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "withheld"},
    },
    "staticfiles": {
        "BACKEND": "config.staticfiles.WholeFilesStorage",
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
FILE_UPLOAD_PERMISSIONS = 0o640

# An applicant who pastes ten megabytes is told so beside the field, with everything
# typed still there; what is larger is answered by the 400 page.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
# The page editor posts one field for every part of every block.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Keys for what applicants send: urlsafe base64 of 32 bytes each. The first writes,
# all read.
FIELD_KEYS: list[str] = env.list("FIELD_KEYS", default=[])

TASKS = {
    "default": {
        "BACKEND": env(
            "TASKS_BACKEND", default="django_tasks.backends.immediate.ImmediateBackend"
        ),
    },
}

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10  # seconds: a mail server that hangs must not hold a visitor
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="clinic@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- People -----------------------------------------------------------------------

AUTH_USER_MODEL = "users.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"

# --- Language and time --------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = env("TIME_ZONE", default="Europe/London")
USE_I18N = True
USE_TZ = True

# --- Safety -------------------------------------------------------------------------

SESSION_COOKIE_SECURE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "core.views.csrf_failure"
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
# Wagtail relaxes this to SAMEORIGIN for its own previews.
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        # 'self' and not 'none': the editor's preview is a frame of this site.
        "frame-ancestors": [SELF],
    }
}
# Wagtail's own pages print inline styles and two inline scripts for its date pickers.
ADMIN_CONTENT_SECURITY_POLICY: dict[str, list[str]] = {
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: []
    for name in (
        "camera",
        "geolocation",
        "microphone",
        "payment",
        "usb",
        "browsing-topics",
    )
}

# --- Wagtail ------------------------------------------------------------------------

WAGTAILIMAGES_IMAGE_MODEL = "core.SiteImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.image_forms.SiteImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 12 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "pdf", "txt", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "core.search_backend", "ATOMIC_REBUILD": True}
}
WAGTAIL_I18N_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = True
# No page of the admin tells another host that somebody works here.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []
TAGGIT_CASE_INSENSITIVE = True

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # One line for every page published and every task run is too many.
        "wagtail": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
    },
}

# --- References ---------------------------------------------------------------------

# Whether works of which only a DOI or PubMed number is known are completed by asking
# the registers below. Off, no request leaves this machine.
REFERENCE_LOOKUP = env.bool("REFERENCE_LOOKUP", default=False)
REFERENCE_LOOKUP_DOI = env(
    "REFERENCE_LOOKUP_DOI", default="https://api.crossref.org/works/{}"
)
REFERENCE_LOOKUP_PMID = env(
    "REFERENCE_LOOKUP_PMID",
    default="https://eutils.ncbi.nlm.nih.gov/entrez/eutils/efetch.fcgi",
)

# --- Search engines -----------------------------------------------------------------

# Off, robots.txt closes the whole site and every answer says noindex: for copies of it.
SEARCH_ENGINES_ALLOWED = env.bool("SEARCH_ENGINES_ALLOWED", default=True)
ROBOTS_DISALLOWED_PATHS = ["/admin/", "/newsletter/", "/search/"]
# seo.redirects does it, and not for drafts that nobody has seen.
WAGTAILREDIRECTS_AUTO_CREATE = False

# Whether this process serves uploaded files itself; in production nginx or object
# storage does.
SERVE_MEDIA = False
# Whether the demonstration content may be loaded here.
DEMONSTRATION = False
