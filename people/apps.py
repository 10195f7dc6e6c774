"""The application's configuration."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"

    def ready(self) -> None:
        from core.persons import registry as persons
        from delivery import calendar
        from people import prefetch  # noqa: F401  (registers it)
        from people.models import next_year_of_practice
        from people.personal_data import Profiles

        calendar.register(next_year_of_practice)
        persons.register(Profiles())
