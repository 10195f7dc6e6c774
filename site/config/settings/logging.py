"""Logging and error reports."""

import logging
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from .environment import *

LOG_LEVEL = env("LOG_LEVEL", default="INFO").upper()
if LOG_LEVEL not in logging.getLevelNamesMapping():
    raise ImproperlyConfigured(
        f"LOG_LEVEL is “{LOG_LEVEL}”. It is DEBUG, INFO, WARNING, ERROR or CRITICAL."
    )

ADMINS = [
    (address.strip(), address.strip()) for address in env.list("ADMINS", default=[])
]

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"tokens": {"()": "config.log_filters.TokensStruckOut"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "level": LOG_LEVEL,
            "filters": ["tokens"],
        },
        "error_reports": {"class": "config.error_reports.ErrorReportHandler"},
    },
    "root": {
        "handlers": ["console", "error_reports"] if ADMINS else ["console"],
        "level": LOG_LEVEL,
    },
    "loggers": {
        # Without Django's own handlers, one of which e-mails what visitors send.
        "django": {"level": "INFO", "handlers": []},
        # One line for every page published and every task run is too many.
        "wagtail": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
    },
}
