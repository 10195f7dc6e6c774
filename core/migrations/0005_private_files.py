from django.db import migrations
from django.db.models import Value
from django.db.models.functions import Concat, Substr

# What consent does not cover was stored under these names, in the same store.
OLD, NEW = "withheld/", "private/"
FILES = {"SiteImage": ["file"], "Video": ["file", "captions"]}


def rename(apps, old, new):
    for name, fields in FILES.items():
        model = apps.get_model("core", name)
        for field in fields:
            rest = Substr(field, len(old) + 1)
            model.objects.filter(**{f"{field}__startswith": old}).update(
                **{field: Concat(Value(new), rest)}
            )


def to_private(apps, schema_editor):
    """Rename, and mark: what was withheld shows people, even if no page says whom."""
    for name, fields in FILES.items():
        model = apps.get_model("core", name)
        for field in fields:
            withheld = model.objects.filter(**{f"{field}__startswith": OLD})
            withheld.update(shows="people")
    rename(apps, OLD, NEW)


def to_withheld(apps, schema_editor):
    # Pages make others.
    renditions = apps.get_model("core", "SiteRendition")
    renditions.objects.filter(file__startswith=NEW).delete()
    rename(apps, NEW, OLD)


class Migration(migrations.Migration):

    dependencies = [
        ("core", "0004_whom_pictures_show"),
    ]

    operations = [
        migrations.RunPython(to_private, to_withheld),
    ]
