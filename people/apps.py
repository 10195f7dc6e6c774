"""The application's configuration."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"

    def ready(self) -> None:
        from people import prefetch  # noqa: F401  (registers it)
