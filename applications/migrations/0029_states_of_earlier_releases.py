"""Puts applications that are taken back to an earlier release into states it knows."""

from django.db import migrations

_BEFORE = {"asked": "read", "accepted": "archived", "declined": "archived"}


def backwards(apps, schema_editor):
    applications = apps.get_model("applications", "Application").objects
    for status, before in _BEFORE.items():
        applications.filter(status=status).update(status=before)


class Migration(migrations.Migration):
    dependencies = [("applications", "0028_states")]

    operations = [migrations.RunPython(migrations.RunPython.noop, backwards)]
