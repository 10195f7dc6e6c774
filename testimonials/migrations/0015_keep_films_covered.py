"""Keeps covered what was: a consent to photographs was one to videos and voices, too.

And begins the log of who looked at consents.
"""

from django.core.management import CommandError
from django.db import migrations
from django.db.models import Q
from django.utils import timezone

from core import encryption
from core.models import log_chain

_LOG = "testimonials.ConsentLogEntry"


def forwards(apps, schema_editor):
    consents = apps.get_model("testimonials", "Consent")._base_manager
    # What has ended stays as it was on record.
    kept = consents.filter(withdrawn_at=None).filter(
        Q(valid_until=None) | Q(valid_until__gte=timezone.localdate())
    )
    kept.filter(scope_photograph=True).update(scope_video=True, scope_voice=True)
    # From now on, a log without an end is one whose end somebody has taken away. After
    # going back to 0014 the entries are still there, and their end is kept with them.
    ends = apps.get_model("core", "LogEnd").objects
    if ends.filter(log=_LOG).exists():
        return
    try:
        seal = encryption.digest(log_chain.sealed_text(_LOG, 0, log_chain.START))
    except encryption.KeysUnusableError:
        seal = ""  # `verify_log` says so, and `verify_log --seal` seals it
    ends.create(log=_LOG, seal=seal)


def backwards(apps, schema_editor):
    if apps.get_model("testimonials", "ConsentDocument").objects.exists():
        raise CommandError(
            "There are signed consents, whose files would be left without their rows. "
            "Save them elsewhere (Story subjects > the person > Consent register), "
            "then erase those persons, or stay with this release."
        )
    consents = apps.get_model("testimonials", "Consent")._base_manager
    # Then there are no channels, and every consent is one for the website: one that is
    # not must allow nothing.
    consents.filter(channel_website=False).update(
        scope_medical_detail=False, scope_name=False, scope_photograph=False
    )
    # Then films are shown by the consent to photographs alone: where it would show one
    # that nobody allows, it is taken for both.
    narrower = consents.filter(scope_photograph=True).exclude(
        scope_video=True, scope_voice=True
    )
    narrower.update(scope_photograph=False)
    # The wordings go; what they are called stays.
    wordings = apps.get_model("testimonials", "ConsentWording").objects
    for pk, version in wordings.values_list("pk", "version"):
        consents.filter(wording=pk).update(wording_version=version)
    # With 0014 the entries go as well. Until then their end stays true to them.
    if not apps.get_model("testimonials", "ConsentLogEntry").objects.exists():
        apps.get_model("core", "LogEnd").objects.filter(log=_LOG).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("testimonials", "0014_consent_register"),
        ("core", "0014_person_requests"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
