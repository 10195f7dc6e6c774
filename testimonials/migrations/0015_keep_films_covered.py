"""Keeps covered what was: a consent to photographs was one to videos and voices, too.

And begins the log of who looked at consents.
"""

from django.db import migrations

from core import encryption
from core.models import log_chain

_LOG = "testimonials.ConsentLogEntry"


def forwards(apps, schema_editor):
    consents = apps.get_model("testimonials", "Consent")._base_manager
    photographed = consents.filter(scope_photograph=True)
    photographed.update(scope_video=True, scope_voice=True)
    # From now on, a log without an end is one whose end somebody has taken away.
    try:
        seal = encryption.digest(log_chain.sealed_text(_LOG, 0, log_chain.START))
    except encryption.KeysUnusableError:
        seal = ""  # `verify_log` says so, and `verify_log --seal` seals it
    apps.get_model("core", "LogEnd").objects.create(log=_LOG, seal=seal)


def backwards(apps, schema_editor):
    # Then films are shown by the consent to photographs alone: where it would show one
    # that nobody allows, it is taken for both.
    consents = apps.get_model("testimonials", "Consent")._base_manager
    narrower = consents.filter(scope_photograph=True).exclude(
        scope_video=True, scope_voice=True
    )
    narrower.update(scope_photograph=False)
    apps.get_model("core", "LogEnd").objects.filter(log=_LOG).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("testimonials", "0014_consent_register"),
        ("core", "0014_person_requests"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
