"""Keeps files that visitors post in memory: none of them touches a disk in clear."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers
from django.urls import NoReverseMatch, reverse

from applications.uploads.checking import LARGEST_MEGABYTES, MEGABYTE


class TooLarge(InMemoryUploadedFile):
    """A file larger than any that is taken; only its name and size are known."""


class InMemoryHandler(FileUploadHandler):
    """Keeps files in memory, up to limits; what is beyond is counted and forgotten.

    Django would write larger ones to a folder for temporary files, where a stolen disk
    shows them. The admin is left to Django: films are uploaded there, by staff.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803  (Django's name)
        *args: Any,
        **kwargs: Any,
    ) -> None:
        self._is_for_us = not _is_admin(META.get("PATH_INFO", ""))
        self._kept = 0  # bytes, of all files so far

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._file, self._is_whole = BytesIO(), True
        if self._is_for_us:
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if not self._is_for_us:
            return raw_data
        size = start + len(raw_data)
        most = settings.POSTED_FILES_MAX_MEMORY_SIZE
        is_too_much = self._kept + len(raw_data) > most
        if is_too_much or size > LARGEST_MEGABYTES * MEGABYTE:
            self._kept -= self._file.tell()
            self._file, self._is_whole = BytesIO(), False
        if self._is_whole:
            self._file.write(raw_data)
            self._kept += len(raw_data)
        return None

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        if not self._is_for_us:
            return None
        self._file.seek(0)
        return (InMemoryUploadedFile if self._is_whole else TooLarge)(
            file=self._file,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )


def _is_admin(path: str) -> bool:
    try:
        return path.startswith(reverse("wagtailadmin_home"))
    except NoReverseMatch:
        return False
