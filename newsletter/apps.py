"""The application's configuration."""

from django.apps import AppConfig


class NewsletterConfig(AppConfig):
    name = "newsletter"

    def ready(self) -> None:
        from core.persons import registry as persons
        from delivery.visibility import hide_models
        from newsletter.personal_data import Deleting, Ending, Subscriptions

        hide_models("newsletter.Subscriber")
        persons.register(Subscriptions())
        persons.register_act(Ending())
        persons.register_act(Deleting())
