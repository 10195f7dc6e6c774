"""The application's configuration."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "evidence"

    def ready(self) -> None:
        from evidence import fetching, signals  # noqa: F401  (registers them)
        from evidence.rules import quotations, typed, works  # noqa: F401  (the same)
