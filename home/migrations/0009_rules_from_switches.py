"""Take the rules for crawlers from the switches, and canonical pages from addresses."""

from django.db import migrations

from seo.crawling import stored

MODELS = ["contentpage", "homepage", "topicindexpage", "topicpage"]


def choose(apps, schema_editor):
    sites, page = apps.get_model("wagtailcore", "Site"), apps.get_model("wagtailcore", "Page")
    for name in MODELS:
        pages = apps.get_model("home", name).objects
        stored.rules_from_switches(pages)
        stored.chosen_canonical_pages(pages, sites.objects, page)


def switch(apps, schema_editor):
    for name in MODELS:
        pages = apps.get_model("home", name).objects
        stored.switches_from_rules(pages)
        stored.typed_canonical_pages(pages, apps.get_model("wagtailcore", "Site").objects)


class Migration(migrations.Migration):
    dependencies = [("home", "0008_crawler_rules")]

    operations = [migrations.RunPython(choose, switch)]
