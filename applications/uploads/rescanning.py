"""Scans files that were kept while ClamAV was out of reach."""

from collections.abc import Iterator

from applications.models.uploads import Upload
from applications.uploads import scanning
from applications.uploads.stored import MissingFileError, read


def rescan(pk: str) -> None:
    """Scan the upload with this primary key, if it waits for that.

    What was sent with a virus in it stays, marked: nobody can open it any more, and
    staff can tell the applicant.

    Raises:
        applications.uploads.scanning.ScannerGone: It still waits.
        core.encryption.EncryptionError: It cannot be read.
    """
    waiting = Upload.objects.filter(pk=pk, scan=Upload.Scan.PENDING)
    upload = waiting.defer("name").first()
    if upload is None or not scanning.is_set_up():
        return
    try:
        verdict = scanning.scan(read(upload))
    except MissingFileError:
        return  # deleted meanwhile, or told of by the nightly run
    is_clean = verdict is scanning.Verdict.CLEAN
    waiting.update(scan=Upload.Scan.CLEAN if is_clean else Upload.Scan.REFUSED)


def pending() -> Iterator[str]:
    """Yield the primary keys of uploads that wait to be scanned."""
    waiting = Upload.objects.filter(scan=Upload.Scan.PENDING)
    yield from map(str, waiting.values_list("pk", flat=True))
