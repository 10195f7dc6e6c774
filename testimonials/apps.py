"""The application's configuration."""

from django.apps import AppConfig


class TestimonialsConfig(AppConfig):
    name = "testimonials"

    def ready(self) -> None:
        from testimonials import (  # noqa: F401  (registers them)
            appearances,
            prefetch,
            rules,
            signals,
        )
