"""Moves what Wagtail's own log says of applications into the log that is chained."""

import secrets

from django.db import migrations

from core import encryption
from core.models import log_chain

_LOG = "applications.ApplicationLogEntry"
_SAME = (
    "content_type_id",
    "label",
    "action",
    "data",
    "timestamp",
    "uuid",
    "user_id",
    "revision_id",
    "content_changed",
    "deleted",
    "object_id",
)


def _of_applications(apps, model):
    types = apps.get_model("contenttypes", "ContentType").objects.filter(
        app_label="applications", model="application"
    )
    return model.objects.filter(content_type__in=types)


def forwards(apps, schema_editor):
    entries = apps.get_model("applications", "ApplicationLogEntry").objects
    old = _of_applications(apps, apps.get_model("wagtailcore", "ModelLogEntry"))
    number, digest = 0, log_chain.START
    for each in old.order_by("timestamp", "pk").iterator():
        number += 1
        fields = {name: getattr(each, name) for name in _SAME}
        fields |= {"number": number, "salt": secrets.token_hex(16)}
        fields["words_digest"] = log_chain.words_digest(
            fields["salt"], fields["label"], fields["data"]
        )
        digest = log_chain.entry_digest(digest, fields)
        entries.create(**fields, digest=digest)
    # From now on, a log without an end is one whose end somebody has taken away.
    apps.get_model("core", "LogEnd").objects.create(
        log=_LOG, number=number, digest=digest, seal=_seal(number, digest)
    )
    old.delete()


def _seal(number, digest):
    try:
        return encryption.digest(log_chain.sealed_text(_LOG, number, digest))
    except encryption.KeysUnusableError:
        return ""  # `verify_log` says so, and `verify_log --seal` seals it


def backwards(apps, schema_editor):
    old = apps.get_model("wagtailcore", "ModelLogEntry").objects
    entries = apps.get_model("applications", "ApplicationLogEntry").objects
    for each in entries.order_by("number").iterator():
        old.create(**{name: getattr(each, name) for name in _SAME})
    entries.all().delete()
    apps.get_model("core", "LogEnd").objects.filter(log=_LOG).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0021_log"),
        ("core", "0012_log_end"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
