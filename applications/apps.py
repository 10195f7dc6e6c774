"""The application's configuration."""

from django.apps import AppConfig
from django.core import checks


class ApplicationsConfig(AppConfig):
    name = "applications"

    def ready(self) -> None:
        from applications.applying import unsent  # noqa: F401  (registers itself)
        from applications.checks import field_keys
        from applications.composing import rules  # noqa: F401  (registers them)
        from delivery.visibility import hide_models

        hide_models("applications.Answer", "applications.Application")
        checks.register(field_keys, checks.Tags.security)
