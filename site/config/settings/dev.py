"""Local with debug pages and autoreload: what `make dev` serves."""

from .local import *

DEBUG = True
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
PAGE_STORE = PAGE_GENERATIONS = ""  # templates change
