"""Tasks that look after stored files. Queued rows name them by path."""

from django.apps import apps
from django_tasks import task

from core.media.private_files import discard, out_of_place, put_in_place


@task()
def discard_files(model_name: str, pk: int) -> None:
    """Delete what lies in the folders of a deleted picture or film."""
    discard(apps.get_model("core", model_name), pk)


@task()
def put_files_in_place() -> None:
    """Move the files that are in the wrong store, after a migration marked records."""
    for model, pk in out_of_place():
        put_in_place(model, pk)
