"""Lead aliases of an alias to its source, as those that are made from now on."""

from django.db import migrations


def lead_to_originals(apps, schema_editor):
    pages = apps.get_model('wagtailcore', 'Page').objects
    sources = dict(pages.exclude(alias_of=None).values_list('pk', 'alias_of'))
    for pk, source in sources.items():
        seen = {pk}
        while source in sources and source not in seen:
            seen.add(source)
            source = sources[source]
        if source not in sources and source != sources[pk]:
            pages.filter(pk=pk).update(alias_of=source)


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0024_films_looked_at'),
    ]

    # Nothing is lost that anybody could miss by going back.
    operations = [
        migrations.RunPython(lead_to_originals, migrations.RunPython.noop),
    ]
