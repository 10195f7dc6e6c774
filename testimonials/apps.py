"""The application's configuration."""

from django.apps import AppConfig


class TestimonialsConfig(AppConfig):
    name = "testimonials"

    def ready(self) -> None:
        from delivery import calendar
        from testimonials import (  # noqa: F401  (registers them)
            appearances,
            prefetch,
            rules,
            signals,
        )
        from testimonials.models.consent import next_turn

        calendar.register(next_turn)
