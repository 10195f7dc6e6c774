"""Importing in the admin: hand in, look, tick, store."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.importing.models import KEPT
from evidence.formats import detect
from evidence.importing import carrying_out, views
from evidence.importing.models import ReferenceImport
from evidence.library.merging import merge
from evidence.models import Reference
from tests.helpers import reference_corpus
from tests.helpers.at_once import at_once
from tests.helpers.factories_evidence import ReferenceFactory

pytestmark = pytest.mark.django_db

LIST = "wagtailsnippets_evidence_reference:list"
UPLOAD = "reference_import"


def uploaded(text, name="list.bib"):
    return SimpleUploadedFile(name, text.encode())


def hand_in(client, text):
    """Hand a list in; where its preview is."""
    response = client.post(reverse(UPLOAD), {"text": text})
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def words(response):
    soup = BeautifulSoup(response.content, "html.parser")
    return " ".join(soup.find("main").text.split())


def confirm(client, url, **ticks):
    """Press the button; all of the page that tells of the progress."""
    response = client.post(url, {"confirm": "1", **ticks})
    return b"".join(response.streaming_content).decode()


@pytest.fixture
def editor(log_in):
    return log_in("Editors")


class TestHandingIn:
    def test_is_offered_above_the_list(self, editor):
        html = editor.get(reverse(LIST)).content.decode()

        assert reverse(UPLOAD) in html

    @pytest.mark.parametrize(
        ("role", "status"),
        [("Editors", 200), ("SEO specialists", 302), ("Admissions officers", 302)],
    )
    def test_is_for_those_who_may_add(self, log_in, role, status):
        assert log_in(role).get(reverse(UPLOAD)).status_code == status

    def test_stores_nothing_yet(self, editor):
        url = hand_in(editor, "@article{a, title={Walking speed}}")

        assert "Walking speed" in words(editor.get(url))
        assert not Reference.objects.exists()

    def test_takes_a_file_whatever_its_name(self, editor):
        file = uploaded("TY  - JOUR\nTI  - Gait\nER  - \n", "gait.docx")

        page = editor.post(reverse(UPLOAD), {"file": file}, follow=True)

        assert "gait.docx (RIS)" in words(page)

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            ({}, "Choose a file or paste a list"),
            ({"text": "Hello there."}, "This is not a list of works"),
            ({"text": "[]"}, "No work was found"),
        ],
    )
    def test_says_what_to_do_beside_the_field(self, editor, data, said):
        page = editor.post(reverse(UPLOAD), data)

        assert page.status_code == 200
        assert said in words(page)

    def test_refuses_both_a_file_and_a_list(self, editor):
        data = {"file": uploaded("10.1000/a"), "text": "10.1000/a"}

        assert "one of the two" in words(editor.post(reverse(UPLOAD), data))

    def test_refuses_a_large_file_unread(self, editor, monkeypatch):
        monkeypatch.setattr(detect, "LARGEST", 10)
        monkeypatch.setattr(detect, "read", None)

        page = editor.post(reverse(UPLOAD), {"file": uploaded("x" * 11)})

        assert "larger than 5 MB" in words(page)


class TestPreview:
    def test_is_its_uploaders_alone(self, editor, log_in):
        url = hand_in(editor, "10.1000/a")

        assert log_in("Moderators").get(url).status_code == 404

    def test_is_thrown_away_after_a_day(self, editor):
        url = hand_in(editor, "10.1000/a")
        ReferenceImport.objects.update(created=timezone.now() - KEPT)

        hand_in(editor, "10.1000/b")

        assert editor.get(url).status_code == 404

    def test_shows_each_record_and_its_end(self, editor):
        ReferenceFactory(doi="10.1000/a", title="A", volume="")
        url = hand_in(
            editor,
            "@article{a, doi={10.1000/A}, title={B}, volume={7}}\n"
            "@article{b, title={<script>alert(1)</script>}}\n"
            "@article{c, title={No end\n"
            "@article{d, title={Fine}}\n",
        )

        page = editor.get(url)

        assert "<script>alert(1)" not in page.content.decode()
        text = words(page)
        for said in (
            "All: 4 New: 2 Fill blank fields: 1 Refused: 1",
            "<script>alert(1)</script>",
            "Volume: 7",
            "Title: A → B",
            "The entry that begins “@article{c",
        ):
            assert said in text

    def test_takes_as_many_queries_for_hundreds_as_for_few(self, editor):
        counts = []
        for size in (50, 300):
            url = hand_in(editor, reference_corpus.file("RIS", size))
            editor.get(url)
            with CaptureQueriesContext(connection) as queries:
                editor.get(url)
            counts.append(len(queries))

        assert counts[0] == counts[1]

    def test_keeps_the_ticks_of_other_pages(self, editor, monkeypatch):
        monkeypatch.setattr(views.PreviewView, "rows_per_page", 2)
        url = hand_in(editor, "10.1000/a\n10.1000/b\n10.1000/c")

        second = editor.post(url, {"shown": [0, 1], "take": [1], "go": ":2"})

        assert second["Location"] == f"{url}?show=&p=2"
        confirm(editor, url, shown=[2], take=[2])
        assert list(Reference.objects.order_by("pk").values_list("doi", flat=True)) == [
            "10.1000/b",
            "10.1000/c",
        ]

    @pytest.mark.parametrize(
        "data",
        [
            {"go": "nonsense"},
            {"go": "create:x", "shown": ["x", "-1", "9" * 30]},
            {"shown": [5], "take": [7], "overwrite": [9], "go": ":99"},
        ],
    )
    def test_bears_whatever_is_posted(self, editor, data):
        url = hand_in(editor, "10.1000/a")

        assert editor.post(url, data, follow=True).status_code == 200


class TestStoring:
    def test_shows_progress_then_the_result(self, editor):
        url = hand_in(editor, reference_corpus.file("RIS", carrying_out.CHUNK + 1))

        html = confirm(editor, url)

        assert f"{carrying_out.CHUNK} of {carrying_out.CHUNK + 1}" in html
        assert f"{carrying_out.CHUNK + 1} of {carrying_out.CHUNK + 1}" in html
        assert f'content="0; url={url}"' in html
        assert html.rstrip().endswith("</html>")
        assert "251 created" in words(editor.get(url))

    def test_tells_what_was_refused(self, editor):
        url = hand_in(editor, "10.1000/a\nnonsense")

        confirm(editor, url)

        assert "Line 2: This is neither a DOI" in words(editor.get(url))

    def test_twice_stores_once(self, editor):
        url = hand_in(editor, "10.1000/a")
        confirm(editor, url)

        assert editor.post(url, {"confirm": "1"})["Location"] == url
        assert Reference.objects.count() == 1

    def test_overwrites_what_is_ticked(self, editor):
        ReferenceFactory(doi="10.1000/a", title="A")
        url = hand_in(editor, "@article{a, doi={10.1000/a}, title={B}}")

        confirm(editor, url, shown=[0], take=[0], overwrite=[0])

        assert Reference.objects.get().title == "B"

    def test_looks_again_when_the_library_has_changed(self, editor):
        url = hand_in(editor, "10.1000/a\n10.1000/b")
        ReferenceFactory(doi="10.1000/a")

        confirm(editor, url)

        assert Reference.objects.count() == 1
        text = words(editor.get(url))
        assert "1 row below is different now" in text
        assert "New: 1" in text
        assert "different now" not in words(editor.get(url))

    @pytest.mark.parametrize("what", ["edit", "delete", "merge"])
    def test_looks_again_when_a_reference_is_not_what_was_agreed_to(self, editor, what):
        reference = ReferenceFactory(doi="10.1000/a", title="A")
        url = hand_in(editor, "@article{a, doi={10.1000/a}, title={B}}")
        if what == "edit":  # by a colleague, who knows better than the file
            Reference.objects.update(title="C")
        elif what == "delete":
            reference.delete()
        else:
            merge(ReferenceFactory(title="Kept"), [reference], None)
        before = list(Reference.objects.order_by("pk").values())

        confirm(editor, url, shown=[0], take=[0], overwrite=[0])

        assert list(Reference.objects.order_by("pk").values()) == before
        assert "1 row below is different now" in words(editor.get(url))

    def test_ticks_in_a_window_left_open_bring_nothing_back(self, editor):
        url = hand_in(editor, "10.1000/a")
        ReferenceImport.objects.all().delete()

        assert editor.post(url, {"confirm": "1"}).status_code == 404

    def test_changes_nothing_for_those_who_may_only_add(self, editor):
        editor.user.groups.clear()
        from django.contrib.auth.models import Permission

        for name in ("add_reference", "access_admin"):
            editor.user.user_permissions.add(Permission.objects.get(codename=name))
        ReferenceFactory(doi="10.1000/a", volume="")
        url = hand_in(editor, "@article{a, doi={10.1000/a}, title={B}, volume={7}}")

        assert "which you may not change" in words(editor.get(url))
        confirm(editor, url, overwrite=[0], shown=[0], take=[0])

        assert Reference.objects.get().volume == ""


@pytest.mark.django_db(transaction=True)
class TestCancelling:
    @pytest.fixture
    def under_way(self, editor):
        """An import whose first chunk is written, and its address."""
        url = hand_in(editor, reference_corpus.file("RIS", carrying_out.CHUNK * 2))
        response = editor.post(url, {"confirm": "1"})
        pieces = iter(response.streaming_content)
        while Reference.objects.count() < carrying_out.CHUNK:
            next(pieces)
        return response, url

    def test_closing_the_page_rolls_back(self, editor, under_way):
        response, url = under_way

        response.close()

        assert not transaction.get_connection().in_atomic_block
        assert not Reference.objects.exists()
        assert "Import what is ticked" in words(editor.get(url))

    def test_says_what_has_become_of_it(self, editor, under_way):
        response, url = under_way
        response.close()

        stopping = editor.get(f"{url}cancel/")
        assert "Stopping" in words(stopping)
        assert stopping["Refresh"] == f"1; url={url}cancel/?left=1"
        page = editor.get(f"{url}cancel/?left=1", follow=True)

        assert "Cancelled. Nothing was stored." in page.content.decode()

    def test_admits_when_it_came_too_late(self, editor):
        url = hand_in(editor, "10.1000/a")
        confirm(editor, url)

        page = editor.get(f"{url}cancel/?left=1", follow=True)

        assert "The import ended before you cancelled it." in page.content.decode()
        assert "1 created" in words(page)


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    """Two editors press the button at the same moment."""

    @pytest.fixture
    def editors(self, log_in):
        return [log_in("Editors", Client()) for _ in range(2)]

    def test_with_one_file_store_it_once(self, editors):
        size = carrying_out.CHUNK + 1
        # Without a DOI: nothing but its title and year tell a work.
        text = re.sub("(?m)^DO .*$", "", reference_corpus.file("RIS", size))
        (one, first), (two, second) = ((each, hand_in(each, text)) for each in editors)

        pages = at_once(lambda: confirm(one, first), lambda: confirm(two, second))

        assert all(page.rstrip().endswith("</html>") for page in pages)
        assert Reference.objects.count() == size
        told = words(one.get(first)) + words(two.get(second))
        assert f"{size} created" in told
        assert f"{size} rows below are different now" in told

    def test_with_one_upload_carry_it_out_once(self, editor):
        url = hand_in(editor, reference_corpus.file("RIS", 20))

        def press():
            return editor.post(url, {"confirm": "1"}).getvalue()

        at_once(press, press)

        assert Reference.objects.count() == 20
        assert "20 created" in words(editor.get(url))

    def test_with_two_files_about_one_work_agree_to_one_of_them(self, editors):
        ReferenceFactory(doi="10.1000/a", title="A", volume="")
        work = "@article{{a, doi={{10.1000/a}}, title={{{}}}, volume={{{}}}}}"
        one, two = editors
        first = hand_in(one, work.format("A", 7))
        second = hand_in(two, work.format("B", 8))

        at_once(
            lambda: confirm(one, first),
            lambda: confirm(two, second, shown=[0], take=[0], overwrite=[0]),
        )

        reference = Reference.objects.get()
        assert (reference.title, reference.volume) in {("A", "7"), ("B", "8")}


def test_importing_nothing_throws_the_upload_away(editor):
    url = hand_in(editor, "10.1000/a")

    response = editor.post(f"{url}cancel/")

    assert response["Location"] == reverse(LIST)
    assert not ReferenceImport.objects.exists()
