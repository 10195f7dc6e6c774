"""The application's configuration."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"

    def ready(self) -> None:
        from core.records import printing
        from delivery.visibility import hide_models
        from home import signals  # noqa: F401  (registers them)
        from home.listed import pages_listing_topics

        printing.register(pages_listing_topics)

        # Of the site search, whose answers are not stored.
        hide_models("home.SearchWord", "home.Synonyms")
