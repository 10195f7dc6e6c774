"""Somebody sends files with a form in steps, without JavaScript."""

import json
from dataclasses import replace

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import OperationalError
from django.urls import reverse

from applications import limits
from applications.applying.steps.drafts import typed_in
from applications.models import (
    Answer,
    Application,
    ApplicationFormPage,
    Draft,
    Upload,
)
from core.publishing.gate import publishing_problems
from home.roles import ADMISSIONS
from tests.helpers.applicants_files import (
    PDF,
    QUESTION,
    clamav,
    file_question,
    picture,
    sent,
    with_a_file_step,
)
from tests.helpers.factories_applications import question
from tests.helpers.factories_steps import (
    SteppedFormPageFactory,
    block,
    fill_in,
    in_steps,
    only_if,
    reference_in,
    soup_of,
    walk,
)
from tests.helpers.hostile_pictures import hostile
from tests.helpers.revealing import reveal

FIELD = f"q-{QUESTION}"


@pytest.fixture
def form_page(home):
    return SteppedFormPageFactory(parent=home, questions=with_a_file_step())


@pytest.fixture
def step(client, form_page):
    """The address of the step that asks for files, all before it answered."""
    return walk(client, form_page, until="step/5/")


def add(client, step, *files, button="stay", **typed):
    answer = fill_in(client, step, button, **{FIELD: list(files), **typed})
    assert answer.status_code == 303, answer.content.decode()
    return answer


def shown(client, step):
    """Return the names of the files on a step, and what is said to be wrong."""
    soup = soup_of(client.get(step))
    names = [each.get_text(" ", strip=True) for each in soup.select(".form__file")]
    wrong = [
        each.get_text(" ", strip=True) for each in soup.select(".error-summary li")
    ]
    return names, wrong


def test_a_file_goes_the_whole_way_from_the_step_to_staff(
    client, log_in, form_page, step, tmp_path, django_capture_on_commit_callbacks
):
    letter = PDF.replace(b"endobj", b"(vermilionazole) endobj", 1)
    answer = add(client, step, sent("Quillfeather.pdf", letter), button="")
    assert answer.url == form_page.url + "review/"
    review = client.get(answer.url).content.decode()
    assert "Quillfeather.pdf (" in review

    Draft.objects.update(created_at="2026-01-01T00:00Z")
    thanks = client.get(fill_in(client, answer.url).url)

    assert reference_in(thanks)
    upload = Upload.objects.get()
    assert (upload.draft, upload.application) == (None, Application.objects.get())
    staff = log_in(ADMISSIONS)
    inspect = reveal(staff, upload.application_id).content.decode()
    address = reverse("application:file", args=[upload.pk])
    assert f'<a href="{address}" download>Quillfeather.pdf</a>' in inspect
    assert "Not scanned for viruses." in inspect
    assert b"".join(staff.get(address).streaming_content) == letter
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or b"vermilionazole" not in path.read_bytes()
    with django_capture_on_commit_callbacks(execute=True):
        Application.objects.all().delete()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


class TestOnTheStep:
    def test_files_are_added_one_by_one_and_kept_across_steps(
        self, client, form_page, step
    ):
        add(client, step, sent("one.pdf"))
        add(client, step, sent("two.jpg", picture()))
        fill_in(client, form_page.url + "step/2/", short_text="Another Name")
        back = fill_in(client, step, "back")

        names, wrong = shown(client, step)
        assert back.url == form_page.url + "step/4/"
        assert [name.split(" ")[0] for name in names] == ["one.pdf", "two.jpg"]
        assert not wrong

    def test_the_same_file_chosen_again_is_there_once(self, client, step):
        add(client, step, sent("one.pdf"))
        add(client, step, sent("copy.pdf"), sent("one.pdf"))

        assert len(shown(client, step)[0]) == 1

    def test_what_cannot_be_taken_is_told_of_by_name_and_the_rest_is_kept(
        self, client, step
    ):
        page_again = add(client, step, sent("a.pdf"), sent("b.exe", b"MZ"), button="")

        assert page_again.url == step
        names, wrong = shown(client, step)
        assert [name.split(" ")[0] for name in names] == ["a.pdf"]
        assert len(wrong) == 1
        assert "“b.exe”: This file is neither a picture" in wrong[0]
        soup = soup_of(client.get(step))
        assert soup.select_one(".error-summary a")["href"] == f"#id_{FIELD}_files"
        assert soup.select_one(f"#id_{FIELD}_files") is not None
        # Going on is saying that it is well without that one.
        assert fill_in(client, step).url.endswith("review/")

    @pytest.mark.parametrize(
        ("name", "content", "words"),
        [
            ("nothing.pdf", b"", "This file is empty"),
            ("flood.png", hostile()["flood.png"][0], "pixels"),
            ("text.png", hostile()["text.png"][0], "damaged"),
            ("both.pdf", PDF + b"PK\x03\x04" + PDF, ""),
            (f"{'a' * 251}.exe", b"MZ", "neither a picture"),
        ],
        ids=["empty", "flood", "bomb", "two in one", "long name"],
    )
    def test_a_file_made_to_do_harm_is_told_of_and_harms_none_beside_it(
        self, client, step, name, content, words
    ):
        answer = add(client, step, sent("good.pdf"), sent(name, content))

        assert answer.status_code == 303
        names, wrong = shown(client, step)
        assert names[0].startswith("good.pdf")
        assert words in "".join(wrong)
        assert len(wrong) == (1 if words else 0)

    def test_a_name_of_255_bytes_is_cut_and_keeps_its_ending(self, client, step):
        add(client, step, sent(f"{'ä' * 125}b.pdf"))

        [name], wrong = shown(client, step)
        assert name.split(" ")[0].endswith("ä.pdf")
        assert not wrong

    def test_a_mistake_is_told_of_at_once_where_a_file_is_only_added(
        self, client, step
    ):
        add(client, step, sent("empty.pdf", b""), sent("b.exe", b"MZ"))

        wrong = " ".join(shown(client, step)[1])
        assert "“empty.pdf”: This file is empty" in wrong
        assert "“b.exe”" in wrong

    def test_nothing_is_said_to_be_missing_while_files_are_added(self, client, step):
        add(client, step)

        assert shown(client, step) == ([], [])

    def test_a_file_is_removed_and_gone(
        self, client, step, tmp_path, django_capture_on_commit_callbacks
    ):
        add(client, step, sent("one.pdf"), sent("two.jpg", picture()))
        button = soup_of(client.get(step)).select_one("button[name=remove]")
        assert button.get_text(" ", strip=True) == "Remove one.pdf"

        with django_capture_on_commit_callbacks(execute=True):
            answer = fill_in(client, step, remove=button["value"])

        assert answer.url == step
        assert [name.split(" ")[0] for name in shown(client, step)[0]] == ["two.jpg"]
        assert len([p for p in tmp_path.rglob("*") if p.is_file()]) == 1

    def test_enter_in_a_field_removes_nothing(self, client, step):
        add(client, step, sent("one.pdf"))

        first = soup_of(client.get(step)).select_one("main form.form button")

        assert first.get("name") is None
        assert first["type"] == "submit"

    def test_nobody_removes_a_file_of_somebody_else(
        self, client, step, form_page, home
    ):
        add(client, step, sent("one.pdf"))
        [file] = Upload.objects.all()
        stranger = type(client)()
        walk(stranger, form_page, until="step/5/")

        for pk in (str(file.pk), "nonsense", "1" * 32):
            assert fill_in(stranger, step, remove=pk).status_code == 303

        assert Upload.objects.filter(pk=file.pk).exists()

    def test_more_than_may_be_sent_are_told_of(self, client, step):
        files = [sent(f"{n}.pdf", PDF + b"%d" % n) for n in range(5)]

        add(client, step, *files)

        names, wrong = shown(client, step)
        assert len(names) == 3
        assert "Only 3 files can be sent here" in wrong[0]
        assert "3.pdf" in wrong[0]

    def test_a_file_too_large_for_memory_is_told_of(self, client, step, settings):
        settings.POSTED_FILES_MAX_MEMORY_SIZE = 1000

        add(client, step, sent("film.pdf", PDF + bytes(2000)))

        assert "“film.pdf”: This file is too large" in shown(client, step)[1][0]

    def test_a_store_that_is_down_loses_nothing_that_was_typed(
        self, client, step, monkeypatch, caplog
    ):
        def down(*args, **kwargs):
            raise OSError("s3 is gone")

        monkeypatch.setattr(FileSystemStorage, "_save", down)
        add(client, step, sent("Quillfeather.pdf"), **{f"{FIELD}-later": "on"})

        assert "We cannot keep it at the moment" in shown(client, step)[1][0]
        assert soup_of(client.get(step)).select_one(f"#id_{FIELD}_files-later[checked]")
        assert "could not be stored" in caplog.text
        assert "Quillfeather" not in caplog.text

    def test_a_database_that_is_gone_leaves_the_answers_and_tells_of_the_file(
        self, client, step, monkeypatch
    ):
        add(client, step, sent("one.pdf"))

        def gone(*args, **kwargs):
            raise OperationalError("gone")

        monkeypatch.setattr("applications.uploads.answers.keep", gone)
        answer = fill_in(
            client, step, **{FIELD: [sent("two.pdf")], f"{FIELD}-later": "on"}
        )

        soup = soup_of(answer)
        assert answer.status_code == 503
        said = soup.select_one(".error-summary").get_text()
        assert "“two.pdf”: It was not kept. Choose it again." in said
        assert soup.select_one(".form__file").get_text().startswith("one.pdf")
        assert soup.select_one(f"#id_{FIELD}_files-later[checked]")

    def test_a_virus_is_refused_in_words(self, client, step, settings, tmp_path):
        with clamav(tmp_path, b"stream: Eicar FOUND\0") as (settings.CLAMAV, _):
            add(client, step, sent("one.pdf"))

        assert "virus scanner has found something" in shown(client, step)[1][0]


class TestBringing:
    def test_is_an_answer(self, client, form_page, step):
        answer = fill_in(client, step, **{f"{FIELD}-later": "on"})

        assert answer.url == form_page.url + "review/"
        assert "I will bring it" in client.get(answer.url).content.decode()
        Draft.objects.update(created_at="2026-01-01T00:00Z")
        fill_in(client, answer.url)
        assert Answer.objects.get(question=QUESTION).given == {
            "files": [],
            "later": True,
        }

    def test_is_offered_only_where_the_editor_says_so(self, client, home):
        questions = with_a_file_step(may_bring=False)
        form_page = SteppedFormPageFactory(parent=home, questions=questions)
        step = walk(client, form_page, until="step/5/")

        assert f"{FIELD}-later" not in client.get(step).content.decode()
        answer = fill_in(client, step, **{f"{FIELD}-later": "on"})
        assert answer.url == step
        assert shown(client, step)[1] == ["Add a file to “Your latest MRI report”"]

    def test_and_nothing_at_all_is_told_of(self, client, step):
        assert fill_in(client, step).url == step
        assert shown(client, step)[1] == [
            "Add a file to “Your latest MRI report”, or say that you will bring it"
        ]


class TestTheDraft:
    def test_holds_names_encrypted_and_takes_them_along_when_it_is_cleared(
        self, client, form_page, step, tmp_path, django_capture_on_commit_callbacks
    ):
        add(client, step, sent("Quillfeather.pdf"))
        row = str(Draft.objects.values().get()) + str(Upload.objects.values().get())
        assert "Quillfeather" not in row
        assert "Quillfeather" in json.dumps(typed_in(Draft.objects.get()))

        with django_capture_on_commit_callbacks(execute=True):
            client.post(form_page.url + "clear/")

        assert not Upload.objects.exists()
        assert not [path for path in tmp_path.rglob("*") if path.is_file()]

    def test_forges_no_file_by_what_is_posted(self, client, step):
        forged = json.dumps({"files": [{"id": "1", "name": "x", "size": 1}]})

        answer = fill_in(client, step, **{FIELD: forged})

        assert answer.url == step
        assert shown(client, step)[0] == []

    def test_of_a_question_no_longer_asked_is_not_sent(
        self, client, home, tmp_path, django_capture_on_commit_callbacks
    ):
        condition = only_if("Have you had a relapse?", "is", "Yes")
        form_page = SteppedFormPageFactory(
            parent=home, questions=with_a_file_step(condition=condition)
        )
        step = walk(client, form_page, until="step/5/")
        add(client, step, sent("one.pdf"), button="")
        fill_in(client, form_page.url + "step/3/", yes_no="No")
        Draft.objects.update(created_at="2026-01-01T00:00Z")

        with django_capture_on_commit_callbacks(execute=True):
            sent_now = fill_in(client, form_page.url + "review/")

        assert "/sent/" in sent_now.url
        assert Application.objects.exists()
        assert not Upload.objects.exists()
        assert not [path for path in tmp_path.rglob("*") if path.is_file()]

    def test_that_is_gone_keeps_nothing(self, client, form_page, step):
        form = {FIELD: [sent("one.pdf")], "asked": [QUESTION]}
        Draft.objects.all().delete()

        answer = client.post(step, form)

        assert answer.status_code == 409
        assert not Upload.objects.exists()


def test_staff_see_that_a_file_waits_for_its_scan_and_that_one_is_lost(
    client, log_in, form_page, step, settings, tmp_path
):
    settings.CLAMAV = str(tmp_path / "nothing")
    add(client, step, sent("one.pdf"), button="")
    Draft.objects.update(created_at="2026-01-01T00:00Z")
    fill_in(client, form_page.url + "review/")
    staff, inspect = (
        log_in(ADMISSIONS),
        reverse("application:inspect", args=[Application.objects.get().pk]),
    )

    scanned = reveal(staff, Application.objects.get().pk).content.decode()
    assert "Not yet scanned for viruses." in scanned

    Upload.objects.update(scan=Upload.Scan.REFUSED)
    html = staff.get(inspect).content.decode()
    assert "A virus was found." in html
    assert reverse("application:file", args=[Upload.objects.get().pk]) not in html
    settings.FIELD_KEYS = ["bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm4="]
    assert "a key that the site no longer has" in staff.get(inspect).content.decode()


class TestPublishing:
    def codes(self, asked):
        page = ApplicationFormPage(title="Apply", slug="apply")
        stream = page._meta.get_field("questions").stream_block
        page.questions = stream.to_python(asked)
        return {problem.code for problem in publishing_problems(page)}

    def test_is_refused_where_there_is_no_draft_yet(self, db):
        before = [*in_steps()[:2], file_question(), *in_steps()[2:]]
        beside = [*in_steps()[:7], file_question(), *in_steps()[7:]]
        alone = [block("step", "All"), file_question()]

        for asked in (before, beside, alone):
            assert "files-before-draft" in self.codes(asked)

    def test_is_well_after_it(self, db):
        assert "files-before-draft" not in self.codes(with_a_file_step())


def test_a_step_with_files_asks_the_database_little(
    client, step, django_assert_max_num_queries
):
    add(client, step, sent("one.pdf"), sent("two.jpg", picture()))

    with django_assert_max_num_queries(25) as asked:
        client.get(step)

    uploads = [q for q in asked if "applications_upload" in q["sql"]]
    assert len(uploads) == 1


def test_a_question_beside_that_depends_on_files_comes_once_there_are_any(client, home):
    depends = question(
        "telephone", condition=only_if("Your latest MRI report", "answered")
    )
    form_page = SteppedFormPageFactory(
        parent=home, questions=[*with_a_file_step(), depends]
    )
    step = walk(client, form_page, until="step/5/")
    assert "Telephone number" not in client.get(step).content.decode()

    add(client, step, sent("one.pdf"))

    assert "Telephone number" in client.get(step).content.decode()


def test_files_sent_too_often_are_refused_each_in_words(client, step, monkeypatch):
    few = replace(limits.FILES_FROM_ADDRESS, attempts=1)
    monkeypatch.setattr(limits, "FILES_FROM_ADDRESS", few)

    add(client, step, sent("a.pdf"), sent("b.pdf", PDF + b"b"))

    names, wrong = shown(client, step)
    assert [name.split(" (")[0] for name in names] == ["a.pdf"]
    assert len(wrong) == 1
    assert "“b.pdf”: Many files have come from your network" in wrong[0]


def test_a_file_in_which_a_virus_is_found_later_is_no_answer(client, form_page, step):
    review = form_page.url + "review/"
    add(client, step, sent("a.pdf"), button="")
    Draft.objects.update(created_at="2026-01-01T00:00Z")
    form = soup_of(client.get(review)).select_one("main form.form")
    Upload.objects.update(scan=Upload.Scan.REFUSED)

    client.post(
        review, {each["name"]: each.get("value", "") for each in form.select("input")}
    )
    answer = client.get(review, follow=True)
    assert not Application.objects.exists()
    assert answer.redirect_chain[-1][0].startswith(step)
    names, wrong = shown(client, step)
    assert [name.split(" (")[0] for name in names] == ["a.pdf"]
    assert "“a.pdf”: our virus scanner has found something in this file" in wrong[0]

    add(client, step, sent("b.pdf"))  # the same bytes
    assert "“b.pdf”: Our virus scanner has found something" in shown(client, step)[1][0]

    client.post(step, {"remove": str(Upload.objects.get().pk)})
    assert not Upload.objects.exists()
    assert shown(client, step)[0] == []
