"""The application's configuration."""

from django.apps import AppConfig
from django.core import checks


class ApplicationsConfig(AppConfig):
    name = "applications"

    def ready(self) -> None:
        from applications import rules  # noqa: F401  (registers them)
        from applications.checks import field_keys

        checks.register(field_keys, checks.Tags.security)
