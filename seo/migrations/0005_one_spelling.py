"""Write the addresses of redirects that are there in the spelling they are found by."""

from typing import Any

from django.db import migrations

from seo.redirects.addresses import canonical


def spell(apps: Any, schema_editor: Any) -> None:
    redirects = apps.get_model("wagtailredirects.Redirect").objects
    for redirect in redirects.order_by("pk").iterator(chunk_size=500):
        try:
            spelled = canonical(redirect.old_path)
        except ValueError:  # no address, which nobody ever asked for
            continue
        there = redirects.filter(old_path=spelled, site_id=redirect.site_id)
        # Of two spellings of one address the first counts, as it did.
        if spelled != redirect.old_path and not there.exists():
            redirects.filter(pk=redirect.pk).update(old_path=spelled)


class Migration(migrations.Migration):
    dependencies = [("seo", "0004_redirects")]

    operations = [migrations.RunPython(spell, migrations.RunPython.noop, elidable=True)]
