"""The application's configuration."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "evidence"

    def ready(self) -> None:
        from delivery.visibility import hide_models
        from evidence import prefetch, signals  # noqa: F401  (registers them)
        from evidence.rules import (  # noqa: F401  (the same)
            absolute_wording,
            age,
            cut_off,
            name_spelling,
            one_sided,
            outcome_alone,
            quotations,
            subjects,
            typed,
            typed_lists,
            typed_numbers,
            works,
        )

        hide_models("evidence.ReferenceImport")
