"""The register of consents: signed documents, who reads them, keys, erasure."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.encryption import KeysUnusableError
from core.models import LogEnd
from core.persons.person import CODE, EMAIL, Person, name
from core.persons.registry import kind_of
from testimonials.consent import documents
from testimonials.models import (
    Consent,
    ConsentDocument,
    ConsentLogEntry,
    Subject,
    SubjectLink,
)
from testimonials.stories.calendar import next_turn_of_consents as next_turn
from tests.helpers.factories_testimonials import (
    ConsentWordingFactory,
    SubjectFactory,
    subject_form,
)
from users.models import User

NEW_KEY = "bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm4="
SCAN = b"%PDF-1.7 signed by Rosalind Quill"


@pytest.fixture
def subject(db):
    return SubjectFactory()


@pytest.fixture
def register(subject):
    return f"/admin/story_subjects/register/{subject.pk}/"


@pytest.fixture
def document(subject):
    return documents.keep(subject.consents.get(), "quill.pdf", SCAN)


def posted(subject, content=SCAN):
    file = SimpleUploadedFile("quill.pdf", content)
    return {"act": "document", "consent": subject.consents.get().pk, "file": file}


def stored(document):
    with documents.store().open(document.stored_name) as file:
        return file.read()


def address(document):
    return f"/admin/story_subjects/documents/{document.pk}/"


class TestDocument:
    def test_is_kept_encrypted_and_each_look_and_download_is_recorded(
        self, log_in, subject, register
    ):
        client = log_in("Moderators")

        assert client.post(register, posted(subject)).status_code == 302
        assert client.get(register).status_code == 200
        document = ConsentDocument.objects.get()
        response = client.get(address(document))

        assert b"".join(response.streaming_content) == SCAN
        assert "attachment" in response.headers["Content-Disposition"]
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert "no-store" in response.headers["Cache-Control"]
        assert b"Quill" not in stored(document)
        assert "quill" not in str(ConsentDocument.objects.values_list().get())
        actions = ConsentLogEntry.objects.order_by("number").values_list("action")
        assert [action.partition(".")[2] for (action,) in actions] == [
            "consent_kept",
            "consent_look",
            "consent_file",
        ]
        assert LogEnd.objects.get(log="testimonials.ConsentLogEntry").is_sealed
        call_command("verify_log")

    @pytest.mark.parametrize(
        "content", [b"<html>", b"MZ", b"%PDF-" + bytes(15 * 1024 * 1024)]
    )
    def test_that_is_no_scan_is_refused_with_a_sentence(
        self, log_in, subject, register, content
    ):
        response = log_in("Moderators").post(register, posted(subject, content))

        html = response.content.decode()
        assert response.status_code == 422
        assert "neither a PDF nor" in html or "larger than 15 MB" in html
        assert not ConsentDocument.objects.exists()

    def test_of_somebody_else_is_not_added_here(self, log_in, subject, register):
        other = SubjectFactory()

        response = log_in("Moderators").post(register, posted(other))

        assert response.status_code == 422
        assert not ConsentDocument.objects.exists()

    def test_is_read_without_the_old_key_afterwards(self, document, settings):
        [old] = settings.FIELD_KEYS
        SubjectLink.objects.issue(document.consent.subject, "r@example.org", None)
        before = stored(document)
        settings.FIELD_KEYS = [NEW_KEY, old]

        call_command("rotate_keys")

        settings.FIELD_KEYS = [NEW_KEY]
        document = ConsentDocument.objects.get()
        assert stored(document) != before
        assert b"".join(documents.read(document)) == SCAN
        assert document.name == "quill.pdf"
        assert SubjectLink.objects.get().email == "r@example.org"

    def test_without_a_row_goes_once_it_is_no_longer_on_its_way(
        self, document, monkeypatch
    ):
        stray = "consents/" + "0" * 32
        documents.store().save(stray, ContentFile(b"left by a crash"))
        documents.delete_strays()
        assert documents.store().exists(stray)

        monkeypatch.setattr(documents, "_SETTLED", -timedelta(hours=1))
        documents.delete_strays()

        assert not documents.store().exists(stray)
        assert b"".join(documents.read(document)) == SCAN

    def test_that_cannot_be_recorded_is_not_kept(self, subject, monkeypatch):
        def refuse(*args):
            raise KeysUnusableError

        monkeypatch.setattr(documents, "record", refuse)
        with pytest.raises(KeysUnusableError):
            documents.keep(subject.consents.get(), "quill.pdf", SCAN)

        assert not ConsentDocument.objects.exists()
        assert documents.store().listdir("consents")[1] == []

    @pytest.mark.parametrize("broken", ["listdir", "save", "open", "get_modified_time"])
    def test_whose_store_is_down_is_told_of_with_a_sentence(
        self, log_in, subject, register, document, monkeypatch, broken
    ):
        def fail(*args, **kwargs):
            raise ConnectionError

        client = log_in("Moderators")
        documents.store().save("consents/" + "0" * 32, ContentFile(b"a stray"))
        monkeypatch.setattr(type(documents.store()), broken, fail)

        kept = client.post(register, posted(subject))
        read = client.get(address(document), follow=True)

        if broken == "save":
            assert kept.status_code == 503
            assert "It could not be stored" in kept.content.decode()
        else:
            assert kept.status_code == 302, "the sweep harms no upload"
        if broken == "open":
            assert "cannot be reached" in read.content.decode()
        else:
            assert b"".join(read.streaming_content) == SCAN

    def test_leaves_the_site_the_room_that_it_needs(
        self, log_in, subject, register, settings
    ):
        settings.APPLICANTS_RESERVE = 1 << 62

        assert log_in("Moderators").post(register, posted(subject)).status_code == 503
        assert not ConsentDocument.objects.exists()

    @pytest.mark.parametrize("broken", ["exists", "open"])
    def test_a_store_that_is_down_is_said_and_stops_no_command(
        self, document, monkeypatch, capsys, broken
    ):
        def fail(*args, **kwargs):
            raise ConnectionError

        monkeypatch.setattr(type(documents.store()), broken, fail)

        assert documents.missing() == 0
        assert documents.out_of_reach() is (broken == "exists")
        if broken == "open":
            with pytest.raises(CommandError, match="Is the store of applicants' files"):
                call_command("rotate_keys")
            said = capsys.readouterr().out
            assert "signed consents: 0 under the key of today, 1 under no key" in said

    def test_a_store_that_cannot_be_written_is_said_when_keys_change(
        self, document, monkeypatch, settings
    ):
        def fail(*args, **kwargs):
            raise ConnectionError

        settings.FIELD_KEYS = [NEW_KEY, *settings.FIELD_KEYS]
        monkeypatch.setattr(type(documents.store()), "replace", fail)

        with pytest.raises(CommandError, match="cannot be read, and stay as they are"):
            call_command("rotate_keys")
        assert b"".join(documents.read(document)) == SCAN

    def test_that_is_lost_is_told_of(self, client, log_in, document, register):
        assert documents.missing() == 0
        documents.store().delete(document.stored_name)

        assert documents.missing() == 1
        assert log_in("Moderators").get(address(document)).url == register


class TestWithoutTheRight:
    @pytest.fixture
    def editor(self, log_in):
        """Somebody who may see and change subjects, and read no consents."""
        client = log_in("Editors")
        names = ["view_subject", "change_subject"]
        rights = Permission.objects.filter(codename__in=names)
        User.objects.get(pk=client.session["_auth_user_id"]).user_permissions.add(
            *rights
        )
        return client

    def test_nobody_reaches_a_consent_by_any_address(
        self, editor, subject, register, document
    ):
        Consent.objects.update(
            valid_until="2099-03-01", wording=ConsentWordingFactory(text="Word by word")
        )
        listed = editor.get("/admin/story_subjects/").content.decode()
        assert "covered until 1 March 2099" in listed

        for path in (
            register,
            address(document),
            f"/admin/story_subjects/edit/{subject.pk}/",
            "/admin/consent_wordings/",
        ):
            assert editor.get(path).status_code == 302, path
        assert editor.post(register, posted(subject)).status_code == 302

        assert ConsentDocument.objects.count() == 1
        [kept] = ConsentLogEntry.objects.all()
        assert kept.action == "testimonials.consent_kept", "nobody has looked"

    def test_strangers_are_led_to_sign_in(self, client, register, document):
        for path in (register, address(document)):
            assert "/login/" in client.get(path).url


def test_erasing_a_person_takes_documents_links_and_words_along(
    subject, document, log_in, register, home, django_capture_on_commit_callbacks
):
    client = log_in("Moderators")
    client.post(register, {"act": "link", "email": "rosalind@example.org"})
    kind = kind_of("subjects")
    person = Person(frozenset({name(CODE, subject.reference_code)}))
    [item] = kind.find(person)
    assert b"".join(kind.export(item).files[0].read()) == SCAN

    with django_capture_on_commit_callbacks(execute=True):
        assert kind.erase(item)

    assert not Subject.objects.exists()
    assert not ConsentDocument.objects.exists()
    assert not SubjectLink.objects.exists()
    assert not documents.store().exists(document.stored_name)
    assert {entry.label for entry in ConsentLogEntry.objects.all()} == {""}
    call_command("verify_log")


def test_somebody_is_found_by_the_address_of_their_link(subject, settings):
    consent = subject.consents.get()
    consent.given_on = consent.confirmed_on = date(2026, 3, 1)
    consent.save()
    SubjectFactory()
    SubjectLink.objects.issue(subject, "Rosalind@example.org", None)
    kind = kind_of("subjects")
    person = Person(frozenset({name(EMAIL, " rosalind@EXAMPLE.org")}))

    [item] = kind.find(person)

    assert item.key == str(subject.pk)
    told = str(kind.export(item).rows)
    for text in ("Rosalind@example.org", "given on 1 March", "confirmed on 1 March"):
        assert text in told
    by_code = Person(frozenset({name(CODE, subject.reference_code)}))
    assert kind.widen(by_code).of(EMAIL) == ["rosalind@example.org"]
    assert kind.widen(person).of(CODE) == [subject.reference_code]

    [old] = settings.FIELD_KEYS
    settings.FIELD_KEYS = [NEW_KEY, old]
    call_command("rotate_keys")
    settings.FIELD_KEYS = [NEW_KEY]
    assert [each.key for each in kind.find(person)] == [item.key]


def test_a_look_at_a_subjects_form_is_recorded_or_refused(log_in, subject, settings):
    client, url = log_in("Moderators"), f"/admin/story_subjects/edit/{subject.pk}/"

    assert "Consent register" in client.get(url).content.decode()

    entry = ConsentLogEntry.objects.get()
    assert entry.action == "testimonials.consent_look"
    assert entry.object_id == str(subject.consents.get().pk)
    assert entry.user.pk == int(client.session["_auth_user_id"])

    settings.FIELD_KEYS = []
    for path in (url, f"/admin/story_subjects/register/{subject.pk}/"):
        assert client.get(path).url == "/admin/story_subjects/"
    assert ConsentLogEntry.objects.count() == 1


def test_a_form_with_errors_is_a_look_too(log_in, subject, settings):
    client, url = log_in("Moderators"), f"/admin/story_subjects/edit/{subject.pk}/"
    posted = subject_form(subject, name="")

    assert subject.reference_code in client.post(url, posted).content.decode()
    entry = ConsentLogEntry.objects.get()
    assert entry.action == "testimonials.consent_look"

    settings.FIELD_KEYS = []
    assert client.post(url, posted).url == "/admin/story_subjects/"


def test_only_who_may_write_consents_writes_their_subject(log_in, subject):
    client = log_in("Editors")
    user = User.objects.get(pk=client.session["_auth_user_id"])
    names = ["view_subject", "change_subject", "add_subject", "view_consent"]
    user.user_permissions.add(*Permission.objects.filter(codename__in=names))
    edit = f"/admin/story_subjects/edit/{subject.pk}/"
    withdrawn = subject_form(subject, **{"consents-0-withdrawn_at": "2026-11-01 09:00"})

    for path in (edit, "/admin/story_subjects/new/"):
        assert client.post(path, withdrawn).status_code == 302
        assert client.get(path).status_code == 302
    assert not Consent.objects.get().withdrawn_at

    names = ["add_consent", "change_consent"]
    user.user_permissions.add(*Permission.objects.filter(codename__in=names))
    assert client.get("/admin/story_subjects/new/").status_code == 200
    client.post(edit, withdrawn)
    assert Consent.objects.get().withdrawn_at


class TestDays:
    @pytest.fixture
    def save(self, log_in, subject):
        client, url = log_in("Moderators"), f"/admin/story_subjects/edit/{subject.pk}/"

        def save(**changes):
            named = {f"consents-0-{name}": value for name, value in changes.items()}
            return client.post(url, subject_form(subject, **named))

        return save

    @pytest.mark.parametrize("typed", ["", "2026-05-01"])
    def test_a_form_from_before_takes_no_confirmation_back(self, save, typed):
        Consent.objects.update(confirmed_on="2026-06-01")

        assert save(confirmed_on=typed).status_code == 302

        assert Consent.objects.get().confirmed_on == date(2026, 6, 1)

    @pytest.mark.parametrize("name", ["confirmed_on", "withdrawn_at"])
    def test_what_was_is_not_to_come(self, save, name):
        response = save(**{name: "9999-12-31"})

        assert "This day is still to come" in response.content.decode()
        assert getattr(Consent.objects.get(), name) is None

    def test_the_last_day_that_there_is_breaks_nothing(self, subject):
        Consent.objects.update(confirmed_on="9999-12-31", valid_until="9999-12-31")

        next_turn(timezone.now())

        assert Consent.objects.get().confirm_by == date.max
