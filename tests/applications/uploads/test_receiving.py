"""What visitors post never lies on a disk in clear, however large it is."""

import tempfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import RequestFactory
from django.urls import reverse

from applications.uploads import receiving
from applications.uploads.receiving import TooLarge

MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def small(monkeypatch, settings):
    monkeypatch.setattr(receiving, "LARGEST_MEGABYTES", 4)
    settings.POSTED_FILES_MAX_MEMORY_SIZE = 9 * MEGABYTE


@pytest.fixture
def written(monkeypatch):
    """The names of temporary files that were made."""
    names = []
    make = tempfile.NamedTemporaryFile

    def noted(*args, **kwargs):
        file = make(*args, **kwargs)
        names.append(file.name)
        return file

    monkeypatch.setattr(
        "django.core.files.uploadedfile.tempfile.NamedTemporaryFile", noted
    )
    return names


def posted(path, *megabytes):
    files = [
        SimpleUploadedFile(f"{n}.pdf", bytes([n]) * int(size * MEGABYTE))
        for n, size in enumerate(megabytes)
    ]
    request = RequestFactory().post(path, {"file": files, "words": "kept"})
    assert request.POST["words"] == "kept"
    return request.FILES.getlist("file")


def test_a_large_file_stays_in_memory(written):
    [file] = posted("/apply/", 3.9)

    assert file.read() == bytes(int(3.9 * MEGABYTE))
    assert not isinstance(file, TemporaryUploadedFile | TooLarge)
    assert not written


def test_a_small_one_too(written):
    [file] = posted("/apply/", 0.1)

    assert len(file.read()) == file.size == int(0.1 * MEGABYTE)
    assert not written


def test_of_one_that_is_too_large_only_the_size_is_kept(written):
    before, large, after = posted("/apply/", 1, 5, 1)

    assert isinstance(large, TooLarge)
    assert (large.size, large.name, large.read()) == (5 * MEGABYTE, "1.pdf", b"")
    assert {before.size, after.size, len(before.read())} == {MEGABYTE}
    assert not written


def test_of_too_many_the_first_are_kept(written):
    files = posted("/apply/", 4, 4, 4, 1)

    assert [isinstance(file, TooLarge) for file in files] == [False, False, True, False]


def test_films_of_editors_still_go_to_a_temporary_file(written):
    [file] = posted(reverse("wagtailadmin_home") + "videos/", 5)

    assert isinstance(file, TemporaryUploadedFile)
    assert written
    file.close()
