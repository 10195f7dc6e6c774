from django.db import migrations, models

from evidence.library.title_keys import comparable


def fill(apps, schema_editor):
    references = apps.get_model("evidence", "Reference").objects
    chunk = []
    for reference in references.only("title").order_by("pk").iterator(500):
        reference.title_key = comparable(reference.title)
        chunk.append(reference)
        if len(chunk) == 500:
            references.bulk_update(chunk, ["title_key"])
            chunk = []
    references.bulk_update(chunk, ["title_key"])


class Migration(migrations.Migration):
    dependencies = [("evidence", "0003_reference_import")]

    operations = [
        migrations.AddField(
            model_name="reference",
            name="title_key",
            field=models.CharField(default="", editable=False, max_length=500),
        ),
        # Nothing to undo: the field goes.
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="reference",
            index=models.Index(fields=["title_key"], name="reference_title_key"),
        ),
    ]
