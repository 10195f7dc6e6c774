"""Tasks of earlier versions, which may still be queued by name."""

from django_tasks import task

from core.media.tasks import put_files_in_place


@task()
def withhold_files() -> None:
    """Move files that are in the wrong store; consents themselves move none now."""
    put_files_in_place.func()
