"""The application's configuration."""

from django.apps import AppConfig


class TestimonialsConfig(AppConfig):
    name = "testimonials"

    def ready(self) -> None:
        from core.checks import left_undone
        from core.persons import registry as persons
        from delivery import calendar
        from delivery.visibility import hide_models
        from testimonials import (  # noqa: F401  (registers them)
            appearances,
            personal_data,
            prefetch,
            signals,
        )
        from testimonials.consent.checks import STORIES
        from testimonials.models.consent import next_turn
        from testimonials.rules import (  # noqa: F401  (registers them)
            consent,
            results,
            timeliness,
        )

        calendar.register(next_turn)
        left_undone.register(STORIES)
        persons.register(personal_data.Subjects())
        persons.register(personal_data.Quotations())
        persons.register_act(personal_data.Withdrawing())
        # It answers where no page does, and no such answer is stored.
        hide_models("testimonials.ErasedAddress")
