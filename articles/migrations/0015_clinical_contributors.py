"""“Medical reviewer” in a byline becomes a contributor, who claims no review.

In drafts and earlier versions as well, which could not be published otherwise.
"""

from django.db import migrations

_AT_ONCE = 100


def _rename(apps, before, after):
    contributions = apps.get_model("articles", "Contribution").objects
    contributions.filter(role=before).update(role=after)
    types = apps.get_model("contenttypes", "ContentType").objects
    article = types.filter(app_label="articles", model="articlepage").first()
    if article is None:
        return
    revisions = apps.get_model("wagtailcore", "Revision").objects
    pks = list(
        revisions.filter(content_type_id=article.pk).values_list("pk", flat=True)
    )
    for start in range(0, len(pks), _AT_ONCE):
        changed = []
        # Somebody may be storing one at this moment, by autosave.
        some = revisions.filter(pk__in=pks[start : start + _AT_ONCE])
        for revision in some.select_for_update().order_by("pk"):
            rows = revision.content.get("contributions") or []
            of_role = [row for row in rows if row.get("role") == before]
            for row in of_role:
                row["role"] = after
            if of_role:
                changed.append(revision)
        revisions.bulk_update(changed, ["content"])


def claim_no_review(apps, schema_editor):
    _rename(apps, "reviewer", "clinical")


def undo(apps, schema_editor):
    _rename(apps, "clinical", "reviewer")


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0014_medical_review"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(claim_no_review, undo)]
