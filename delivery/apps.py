"""The application's configuration."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "delivery"

    def ready(self) -> None:
        from delivery import wagtail_tables  # noqa: F401  (registers them)
