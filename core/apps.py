"""The application's configuration."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import avif, signals  # noqa: F401  (connects them)
        from core.rules import (  # noqa: F401  (registers them)
            headings,
            links,
            pictures,
            search_results,
            videos,
        )

        avif.register()
