"""Grants form by form what permissions and named readers gave so far."""

from django.db import migrations

# What each permission of the application's model let somebody do.
RIGHTS = {
    "view_application": ["see", "read", "reveal"],
    "change_application": ["decide"],
    "export_application": ["export"],
    "delete_application": ["delete"],
}


def grant(apps, schema_editor):
    """Give every group the rights that it had, to each form that it read.

    A form without named readers was read by whoever might read applications, unless it
    ever asked about health.
    """
    given = rights_by_group(apps)
    form_right = apps.get_model("applications", "FormRight")
    forms = apps.get_model("applications", "ApplicationFormPage")
    readers = {}
    for form, group in forms.readers.through.objects.values_list(
        "applicationformpage_id", "group_id"
    ):
        readers.setdefault(form, set()).add(group)
    health = health_forms(apps)
    for form in forms.objects.values_list("pk", flat=True):
        named = readers.get(form)
        if named is None:
            named = set() if form in health else set(given)
        form_right.objects.bulk_create(
            [
                form_right(form_id=form, group_id=group, right=right)
                for group in sorted(named & set(given))
                for right in given[group]
            ],
            ignore_conflicts=True,
        )


def name_readers(apps, schema_editor):
    """Name as readers again the groups that may read now."""
    forms = apps.get_model("applications", "ApplicationFormPage")
    reading = forms.readers.through
    form_right = apps.get_model("applications", "FormRight")
    granted = form_right.objects.exclude(right__in=["see", "delete"])
    reading.objects.all().delete()
    reading.objects.bulk_create(
        reading(applicationformpage_id=form, group_id=group)
        for form, group in granted.values_list("form_id", "group_id").distinct()
    )


def rights_by_group(apps):
    given = {}
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="applications", codename__in=RIGHTS
    )
    for codename, group in permissions.filter(group__isnull=False).values_list(
        "codename", "group"
    ):
        given.setdefault(group, {}).update(dict.fromkeys(RIGHTS[codename]))
    # Without the right to view, the others opened nothing.
    return {group: list(rights) for group, rights in given.items() if "see" in rights}


def health_forms(apps):
    definitions = apps.get_model("applications", "FormDefinition").objects
    return {
        page_id
        for page_id, content in definitions.values_list("page_id", "content")
        if any(each.get("sensitivity") == "health" for each in content["questions"])
    }


class Migration(migrations.Migration):
    dependencies = [("applications", "0032_form_rights")]
    operations = [migrations.RunPython(grant, name_readers)]
