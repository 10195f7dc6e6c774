"""Names as readers of a form that asks about health who could read its answers so far."""

from django.db import migrations


def name_readers(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.filter(
        permissions__codename="view_application",
        permissions__content_type__app_label="applications",
    )
    readers = list(groups.distinct().values_list("pk", flat=True))
    definitions = apps.get_model("applications", "FormDefinition").objects
    forms = {
        page_id
        for page_id, content in definitions.values_list("page_id", "content")
        if any(each.get("sensitivity") == "health" for each in content["questions"])
    }
    reading = apps.get_model("applications", "ApplicationFormPage").readers.through
    reading.objects.bulk_create(
        reading(applicationformpage_id=form, group_id=reader)
        for form in forms
        for reader in readers
    )


class Migration(migrations.Migration):
    dependencies = [("applications", "0016_form_readers")]
    operations = [migrations.RunPython(name_readers, migrations.RunPython.noop)]
