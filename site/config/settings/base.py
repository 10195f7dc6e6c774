"""Base settings, safe for production as they stand.

Every other module here starts from this one and says only how it differs.
"""

import re
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from .cdn import *
from .data import *
from .environment import *
from .logging import *
from .mail import *
from .people import *
from .security import *
from .storage import *

DEBUG = False
ALLOWED_HOSTS: list[str] = [
    host.strip().lower()
    for host in env.list("ALLOWED_HOSTS", default=[])
    if host.strip()
]
if wrong := [h for h in ALLOWED_HOSTS if not re.fullmatch(rf"\*|\.?(?:{HOST})", h)]:
    raise ImproperlyConfigured(
        f"ALLOWED_HOSTS has “{wrong[0]}”. It has host names alone, without https:// "
        "and port, with commas between them, and letters such as ü as browsers send "
        "them, with xn--."
    )
WAGTAIL_SITE_NAME = env("SITE_NAME", default="Clinic")
EMAIL_SUBJECT_PREFIX = f"[{WAGTAIL_SITE_NAME}] "
WAGTAILADMIN_BASE_URL = base_url("http://localhost:8000")

INSTALLED_APPS = [
    # Ours come first: an earlier app's commands and templates win.
    "home",
    "articles",
    "testimonials",
    "applications",
    "newsletter",
    "review",
    "evidence",
    "people",
    "core",
    "seo",
    "users",
    "delivery",
    "wagtailseo",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
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
    "allauth",
    "allauth.account",
    "allauth.mfa",
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
    "delivery.middleware.DeliveryMiddleware",
    "core.middleware.cross_origin_resource_policy",
    "core.middleware.refuse_nul_bytes",
    "seo.middleware.turn_search_engines_away",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.PublicGZipMiddleware",
    "core.middleware.ContentSecurityPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    # Around what redirects: it sees the answer that is sent.
    "seo.not_found.middleware.log_not_found",
    "seo.redirects.answering.SlashMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "users.middleware.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.routing.RoutingMiddleware",
    "core.middleware.LargeNumberMiddleware",
    "core.middleware.PublishRefusalMiddleware",
    "core.middleware.StoreFailureMiddleware",
    "core.middleware.DeletionRefusalMiddleware",
    "core.middleware.make_pictures_later",
    "applications.applying.middleware.GoingOnMiddleware",
    "seo.redirects.answering.RedirectMiddleware",
    # Within it: no redirect answers for a story that was taken back.
    "testimonials.erased_stories.ErasedStoryMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            # Every template may mark a text, without a line that the page would print.
            "builtins": ["django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.chrome.site_chrome",
            ],
        },
    },
]

# --- Data -------------------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# An applicant who pastes ten megabytes is told so beside the field, with everything
# typed still there; what is larger is answered by the 400 page.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
# The page editor posts one field for every part of every block.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Keys for what applicants send: urlsafe base64 of 32 bytes each. The first writes,
# all read.
FIELD_KEYS: list[str] = env.list("FIELD_KEYS", default=[])


# --- Language and time --------------------------------------------------------------

LANGUAGE_CODE = env("LANGUAGE_CODE", default="") or "en-gb"
TIME_ZONE = env("TIME_ZONE", default="") or "Europe/London"
USE_I18N = True
LOCALE_PATHS = [SITE / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_TZ = True

# --- Wagtail ------------------------------------------------------------------------

WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {"WIDGET": "core.admin.rich_text.ReadableRichTextArea"}
}
WAGTAILIMAGES_IMAGE_MODEL = "core.SiteImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.media.image_forms.SiteImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 12 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "pdf", "txt", "xlsx"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "review.accessibility.documents.DocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "core.search_backend", "ATOMIC_REBUILD": True}
}
WAGTAIL_I18N_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "review.finishing.publish_approved"
# No page of the admin tells another host that somebody works here.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []
TAGGIT_CASE_INSENSITIVE = True

# --- References ---------------------------------------------------------------------

# Whether works of which only a DOI or PubMed number is known are completed by asking
# the registers below. Off, no request leaves this machine.
REFERENCE_LOOKUP = switch("REFERENCE_LOOKUP", default=False)
REFERENCE_LOOKUP_DOI = env(
    "REFERENCE_LOOKUP_DOI", default="https://api.crossref.org/works/{}"
)
REFERENCE_LOOKUP_PMID = env(
    "REFERENCE_LOOKUP_PMID",
    default="https://eutils.ncbi.nlm.nih.gov/entrez/eutils/efetch.fcgi",
)

# --- Search engines -----------------------------------------------------------------

# Off, every answer says noindex: for copies of the site.
SEARCH_ENGINES_ALLOWED = switch("SEARCH_ENGINES_ALLOWED", default=True)
# Whether `check_links` asks other sites if what we link to is still there.
LINKS_TO_OTHERS = switch("LINKS_TO_OTHERS", default=False)
# The 404 log: for how many days it counts (0 for no log), and how many addresses it
# holds at most.
NOT_FOUND_DAYS = number("NOT_FOUND_DAYS", default=90)
NOT_FOUND_ADDRESSES = number("NOT_FOUND_ADDRESSES", default=2_000)
# What begins so says noindex. robots.txt closes none of it: who may not read an answer
# does not read that either.
NOINDEX_PATHS = ["/admin/", "/newsletter/", "/search/"]
# With a key, IndexNow's engines are told of each page that changes. It is no secret:
# they read it at /<key>.txt. 8 to 128 letters, digits and hyphens.
INDEXNOW_KEY = env("INDEXNOW_KEY", default="")
INDEXNOW_URL = env("INDEXNOW_URL", default="https://api.indexnow.org/indexnow")
# seo.redirects does it, and not for drafts that nobody has seen.
WAGTAILREDIRECTS_AUTO_CREATE = False
