"""``manage.py doctor``: says what is wrong with this site, and what to do."""

from typing import Any

from django.core.checks import WARNING
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = (
        "Look at settings, keys, the database, and work that timers or the worker have "
        "left undone. Each fault is said with what to do; exits with 1 if there is one."
    )
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        self.check(
            include_deployment_checks=True,
            databases=["default"],
            fail_level=WARNING,
            display_num_errors=True,
        )
