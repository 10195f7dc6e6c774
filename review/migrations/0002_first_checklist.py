"""Gives a new site a checklist to begin with; its editors reword it."""

from django.db import migrations

ITEMS = [
    "What the page says agrees with the works it cites, and with current guidance.",
    "Benefits and risks are told beside each other, with figures where there are any.",
    "Readers are told for whom it is not, and when to ask a doctor.",
    "Doses, names and figures are right.",
    "Nothing promises a result.",
]


def fill(apps, schema_editor):
    items = apps.get_model("review", "ChecklistItem").objects
    if not items.exists():
        for position, text in enumerate(ITEMS, start=1):
            items.create(text=text, position=position * 10)


class Migration(migrations.Migration):
    dependencies = [("review", "0001_initial")]

    # Nothing to undo: going further back drops the table.
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
