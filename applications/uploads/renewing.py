"""Applicants' files, written anew when keys change."""

from collections import Counter
from collections.abc import Iterator

from django.core.files.base import ContentFile

from applications.models.uploads import Upload
from applications.uploads.stored import read, replace, store
from core import encryption
from core.keys import data_keys
from core.keys.encrypted_files import encrypted, key_name
from core.keys.holdings import UNKNOWN, Holding


class Files(Holding):
    """Every file that has a row; one that is lost may be back, and needs its key."""

    name = "applicants' files"

    def in_use(self) -> Counter[str]:
        return Counter(key for _upload, key in self._kept())

    def current(self) -> set[str]:
        return data_keys.current_names()

    def renew(self) -> Iterator[bool]:
        current = self.current()
        for upload, key in self._kept():
            if key in current:
                continue
            # Meanwhile it was sent, or deleted: a draft's may be an application's.
            owners = ("application__definition", "draft__definition")
            rows = Upload.objects.select_related(*owners).defer("name")
            if fresh := rows.filter(pk=upload.pk).first():
                yield self._renew(fresh)

    def _kept(self) -> Iterator[tuple[Upload, str]]:
        """Yield each upload with the name of its file's key."""
        for upload in Upload.objects.defer("name").iterator():
            try:
                with store().open(upload.stored_name) as file:
                    yield upload, key_name(file)
            except encryption.NotEncryptedError:
                yield upload, UNKNOWN
            except FileNotFoundError:
                yield upload, UNKNOWN

    def _renew(self, upload: Upload) -> bool:
        try:
            content = b"".join(read(upload))
        except encryption.EncryptionError:
            return not Upload.objects.filter(pk=upload.pk).exists()
        anew = ContentFile(
            b"".join(encrypted(content, upload.place, upload.data_key()))
        )
        replace(upload.stored_name, anew)
        if not Upload.objects.filter(pk=upload.pk).exists():
            # Deleted meanwhile, and its file with it.
            store().delete(upload.stored_name)
        return True
