"""What a record says before it is stored, such as settings that nobody filled in."""

from django.apps import apps
from django.conf import settings
from django.db.models import NOT_PROVIDED


def test_a_value_that_the_database_fills_in_is_there_before_it_is_asked():
    ours = {name.partition(".")[0] for name in settings.INSTALLED_APPS} - {
        "django",
        "wagtail",
    }
    fields = [
        field
        for model in apps.get_models()
        if model._meta.app_label in ours
        for field in model._meta.local_fields
        if field.db_default is not NOT_PROVIDED
    ]

    assert fields
    # Else an unsaved record prints the name of a class of Django's.
    assert [str(field) for field in fields if not field.has_default()] == []
