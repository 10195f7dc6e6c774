"""The application's configuration."""

from django.apps import AppConfig


class NewsletterConfig(AppConfig):
    name = "newsletter"

    def ready(self) -> None:
        from delivery.visibility import hide_models

        hide_models("newsletter.Subscriber")
