"""The application's configuration."""

from django.apps import AppConfig, apps
from django.core import checks
from django.db.models.signals import post_migrate, pre_migrate


class DeliveryConfig(AppConfig):
    name = "delivery"

    def ready(self) -> None:
        from delivery import (
            purging,
            wagtail_tables,  # noqa: F401  (registers them)
        )

        # The table of tasks is that app's.
        tasks = apps.get_app_config("django_tasks_database")
        pre_migrate.connect(purging.hold_while_migrating, sender=tasks)
        post_migrate.connect(purging.queue_after_migrating, sender=tasks)
        checks.register(purging.purges_wait_for_a_worker)
