"""The application's configuration."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "evidence"

    def ready(self) -> None:
        from delivery.visibility import hide_models
        from evidence import prefetch, signals  # noqa: F401  (registers them)
        from evidence.rules import (  # noqa: F401  (the same)
            cut_off,
            quotations,
            typed,
            typed_lists,
            typed_numbers,
            works,
        )

        hide_models("evidence.ReferenceImport")
