"""Deletes applications and drafts with their files, tasks and words in logs.

In the caller's transaction. Files go at once, before the rows: who is killed in between
finds the row again, and nothing is left in the store that no row knows.
"""

from collections import Counter

from applications.models.applications import Application
from applications.models.drafts import Draft
from applications.uploads.stored import store
from core.persons.scrubbing import forget_tasks, scrub_log


def delete_application(application: Application) -> Counter[str]:
    """Delete an application with all that belongs to it; return how much, by kind."""
    scrub_log(application)
    return _delete(application)


def delete_draft(draft: Draft) -> Counter[str]:
    """Delete a draft with all that belongs to it; return how much, by kind."""
    return _delete(draft)


def _delete(owner: Application | Draft) -> Counter[str]:
    for upload in owner.uploads.all():
        store().delete(upload.stored_name)
    parts = [owner, *owner.uploads.all(), *owner.links.all()]
    tasks = forget_tasks(str(part.pk) for part in parts)
    _, counts = owner.delete()
    return Counter({label.partition(".")[2]: n for label, n in counts.items()}) + (
        Counter(Task=tasks)
    )
