import django.db.models.deletion
import modelsearch.index
from django.db import migrations, models


def note_pages(apps, schema_editor):
    """Make a row for each page; `manage.py update_index` then reads their words."""
    Page = apps.get_model("wagtailcore", "Page")
    LatestVersion = apps.get_model("core", "LatestVersion")
    pages = Page.objects.exclude(latest_revision=None).order_by("pk")
    pks = pages.values_list("pk", flat=True)
    rows = (LatestVersion(page_id=pk) for pk in pks.iterator())
    LatestVersion.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0006_replaced_files"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="LatestVersion",
            fields=[
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="latest_version",
                        serialize=False,
                        to="wagtailcore.page",
                        verbose_name="page",
                    ),
                ),
            ],
            options={
                "verbose_name": "latest version",
                "verbose_name_plural": "latest versions",
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.RunPython(note_pages, migrations.RunPython.noop),
    ]
