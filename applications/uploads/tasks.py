"""Tasks that look after applicants' files. Queued rows name them by path."""

from django_tasks import task

from applications.uploads.rescanning import rescan


@task()
def scan_upload(upload_pk: str) -> None:
    """Scan a file for which ClamAV was out of reach; tried again while it is."""
    rescan(upload_pk)
