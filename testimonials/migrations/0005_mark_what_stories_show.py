import json
from collections import defaultdict

from django.db import migrations

# The names under which blocks and pages hold pictures and films.
KINDS = {"image": "image", "og_image": "image", "video": "video"}
BATCH = 500


def held(raw):
    """Yield what stored JSON holds, as ("image" or "video", primary key)."""
    if isinstance(raw, list):
        for each in raw:
            yield from held(each)
    elif isinstance(raw, dict):
        for name, value in raw.items():
            if name in KINDS and isinstance(value, int):
                yield KINDS[name], value
            else:
                yield from held(value)


def streams(page):
    """Yield the stored streams of a story or of one of its versions."""
    for name in ("body", "timeline"):
        value = page.get(name) or []
        yield json.loads(value) if isinstance(value, str) else value


def shown(apps):
    """Return {("image" or "video", primary key): subjects} of all stories, ever."""
    found = defaultdict(set)
    Story = apps.get_model("testimonials", "TestimonialPage")
    for story in Story.objects.iterator(BATCH):
        page = {
            "og_image": story.og_image_id,
            "streams": [list(story.body.raw_data), list(story.timeline.raw_data)],
        }
        for key in held(page):
            found[key].add(story.subject_id)
    Revision = apps.get_model("wagtailcore", "Revision")
    ContentType = apps.get_model("contenttypes", "ContentType")
    kind = ContentType.objects.filter(
        app_label="testimonials", model="testimonialpage"
    ).first()
    versions = Revision.objects.filter(content_type=kind) if kind else []
    for version in versions.iterator(BATCH) if kind else ():
        content = version.content
        page = {"og_image": content.get("og_image"), "streams": [*streams(content)]}
        for key in held(page):
            found[key].add(content.get("subject"))
    for subject in apps.get_model("testimonials", "Subject").objects.exclude(
        portrait=None
    ):
        found["image", subject.portrait_id].add(subject.pk)
    return found


def mark(apps, schema_editor):
    """Mark rows only; `put_files_in_place` moves the files, beginning at once."""
    Appearance = apps.get_model("testimonials", "Appearance")
    Video = apps.get_model("core", "Video")
    models = {"image": apps.get_model("core", "SiteImage"), "video": Video}
    found = shown(apps)
    posters = Video.objects.exclude(poster=None).values_list("pk", "poster")
    for video, poster in posters:
        if people := found.get(("video", video)):
            found["image", poster] |= people
    people = set(
        apps.get_model("testimonials", "Subject").objects.values_list("pk", flat=True)
    )
    for kind, model in models.items():
        pks = sorted(pk for each, pk in found if each == kind)
        for start in range(0, len(pks), BATCH):
            there = model.objects.filter(pk__in=pks[start : start + BATCH])
            Appearance.objects.bulk_create(
                [
                    Appearance(subject_id=subject, **{f"{kind}_id": pk})
                    for pk in there.values_list("pk", flat=True)
                    for subject in found[kind, pk] & people
                ],
                ignore_conflicts=True,
            )
            there.update(shows="people")


class Migration(migrations.Migration):

    dependencies = [
        ("core", "0005_private_files"),
        ("testimonials", "0004_appearances"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        # What was marked stays marked, which harms nobody.
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
