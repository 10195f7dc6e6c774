"""Encrypted values: readable in their own row with a known key, and nowhere else."""

import base64
import hashlib
import uuid

import pytest
from django.core.checks import run_checks
from django.core.exceptions import FieldError
from django.db import connection

from applications.models.applications import Answer, Application
from core import encryption
from core.keys import data_keys
from tests.helpers.factories_applications import ApplicationFormPageFactory

OLD = base64.urlsafe_b64encode(b"o" * 32).decode()
NEW = base64.urlsafe_b64encode(b"n" * 32).decode()
PLACE = ("table", "column", "row")


@pytest.fixture(autouse=True)
def keys(settings):
    settings.FIELD_KEYS = [OLD]


class TestValue:
    @pytest.mark.parametrize(
        "text", ["", "yes", "ends in NUL \0\0", "ü€𝄞", "x" * 10_000]
    )
    def test_comes_back_as_it_was(self, text):
        assert encryption.decrypt(encryption.encrypt(text, PLACE), PLACE) == text

    def test_is_never_written_twice_the_same(self):
        assert encryption.encrypt("yes", PLACE) != encryption.encrypt("yes", PLACE)

    def test_does_not_tell_yes_from_no_by_its_length(self):
        yes, no = (encryption.encrypt(text, PLACE) for text in ("yes", "no"))

        assert len(yes) == len(no)

    @pytest.mark.parametrize(
        "place",
        [
            ("other", "column", "row"),
            ("table", "other", "row"),
            ("table", "column"),
            # These are the same when they are joined, with a separator or without.
            ("table.column", "row"),
            ("table", "column.row"),
            ("table.column.row",),
            ("table", "columnrow", ""),
            ("tablecolumn", "row", ""),
        ],
    )
    def test_cannot_be_moved_to_another_place(self, place):
        token = encryption.encrypt("yes", PLACE)

        with pytest.raises(encryption.TamperedError):
            encryption.decrypt(token, place)

    def test_cannot_be_altered(self):
        token = encryption.encrypt("yes", PLACE)
        head, middle = token[:60], token[60]
        altered = head + ("A" if middle != "A" else "B") + token[61:]

        with pytest.raises(encryption.TamperedError):
            encryption.decrypt(altered, PLACE)

    @pytest.mark.parametrize(
        "text", ["", "yes", "aesgcm1.x.y", "aesgcm1.0123456789abcdef."]
    )
    def test_in_clear_is_refused(self, text):
        with pytest.raises(encryption.NotEncryptedError):
            encryption.decrypt(text, PLACE)


class TestKeys:
    def test_the_first_writes_and_all_read(self, settings):
        old = encryption.encrypt("yes", PLACE)
        settings.FIELD_KEYS = [NEW, OLD]

        new = encryption.encrypt("yes", PLACE)

        assert encryption.decrypt(old, PLACE) == encryption.decrypt(new, PLACE) == "yes"
        assert old.split(".")[1] != new.split(".")[1]

    @pytest.mark.django_db
    def test_one_that_is_gone_is_named_as_the_reason(self, settings):
        token = encryption.encrypt("yes", PLACE)
        settings.FIELD_KEYS = [NEW]

        with pytest.raises(encryption.UnknownKeyError) as refused:
            encryption.decrypt(token, PLACE)

        assert "FIELD_KEYS" in refused.value.sentence

    @pytest.mark.parametrize("keys", [[], [""], ["short"], ["ü" * 44], [OLD, "bad"]])
    def test_that_are_none_are_refused_and_named_at_start_up(self, settings, keys):
        settings.FIELD_KEYS = keys

        with pytest.raises(encryption.KeysUnusableError):
            encryption.encrypt("yes", PLACE)
        assert "applications.E001" in [problem.id for problem in run_checks()]

    def test_digests_of_one_text_differ_from_key_to_key(self, settings):
        """Who has no key cannot try out what can be guessed."""
        old = encryption.digest("yes").partition(".")[2]
        settings.FIELD_KEYS = [NEW]
        new = encryption.digest("yes").partition(".")[2]

        plain = hashlib.sha256(b"yes").hexdigest()
        assert len({old, new, plain}) == 3

    def test_digests_match_under_an_old_key_and_not_without_it(self, settings):
        kept = encryption.digest("yes")
        settings.FIELD_KEYS = [NEW, OLD]
        assert encryption.digest_matches(kept, "yes")
        assert not encryption.digest_matches(kept, "no")

        settings.FIELD_KEYS = [NEW]
        assert not encryption.digest_matches(kept, "yes")


class TestColumn:
    @pytest.fixture
    def answer(self, home):
        page = ApplicationFormPageFactory(parent=home)
        application = Application.objects.create(
            definition=page.latest_definition, submission_key=uuid.uuid4()
        )
        answer = Answer.to(application, "q", 1, "secret")
        answer.save()
        return answer

    def stored(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT value FROM applications_answer")
            return cursor.fetchone()[0]

    def test_holds_what_only_its_own_row_can_read(self, answer):
        stored = self.stored()
        assert "secret" not in stored
        assert Answer.objects.get().given == "secret"

        other = Answer.to(answer.application, "other", 2, "x")
        other.save()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE applications_answer SET value = %s", [stored])
        with pytest.raises(encryption.TamperedError):
            Answer.objects.get(question="other").given  # noqa: B018

    def test_in_clear_is_not_read(self, answer):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE applications_answer SET value = 'secret'")

        with pytest.raises(encryption.NotEncryptedError):
            Answer.objects.get().value  # noqa: B018
        assert "secret" not in repr(Answer.objects.values("value").get())

    def test_is_left_encrypted_in_memory_after_saving(self, answer):
        assert "secret" not in repr(answer.__dict__)
        assert "secret" not in repr(Answer.objects.get().__dict__)

    def test_is_written_anew_with_the_latest_key_of_its_form(self, answer, settings):
        before = self.stored()
        settings.FIELD_KEYS = [NEW, OLD]
        data_keys.new_keys()
        answer = Answer.objects.get()
        answer.value = answer.value
        answer.save()

        settings.FIELD_KEYS = [NEW]
        assert self.stored() != before
        assert Answer.objects.get().given == "secret"

    @pytest.mark.parametrize(
        "lookup", ["exact", "in", "contains", "startswith", "gt", "regex", "length"]
    )
    def test_cannot_be_looked_up(self, answer, lookup):
        with pytest.raises(FieldError):
            Answer.objects.filter(**{f"value__{lookup}": "secret"}).exists()

    def test_can_be_asked_whether_it_is_empty(self, answer):
        assert Answer.objects.filter(value__isnull=False).exists()

    def test_cannot_be_written_without_its_row(self, answer):
        with pytest.raises(encryption.NotEncryptedError):
            Answer.objects.update(value="secret")

    def test_can_be_deferred(self, answer):
        assert Answer.objects.defer("value").get().given == "secret"
