"""``manage.py rotate_keys``: a new key takes over, and an old one may go."""

import os
import signal
from datetime import timedelta
from itertools import count

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F

from applications.contacts import contact_hash, contact_hashes
from applications.models import AccessLink, Answer, Application, Draft, Upload
from applications.uploads.stored import StoreDown, read, store
from core import encryption
from core.keys import data_keys
from core.models import DataKey
from tests.helpers.applicants_files import PDF, draft_of, kept
from tests.helpers.children import in_a_child
from tests.helpers.factories_applications import IDS, ApplicationFormPageFactory, send
from users import encryption as second_factors
from users.models import User

NEW_KEY = "bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm4="
ADDRESS = "ada.l@example.org"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def old_key(settings):
    [old] = settings.FIELD_KEYS
    return old


@pytest.fixture
def everything(client, home, commits, old_key, db):
    """Something in every place where a key is needed."""
    page = ApplicationFormPageFactory(parent=home)
    for _number in range(3):
        send(client, page, email=ADDRESS)
    draft = draft_of(page)
    kept(draft)
    AccessLink.objects.issue(ADDRESS, draft=draft, contact_hash=contact_hash(ADDRESS))
    editor = User.objects.create_user("editor")
    Authenticator.objects.create(
        user=editor, type="totp", data={"secret": second_factors.encrypt(SECRET)}
    )
    return page


def rotate(capsys, *arguments):
    call_command("rotate_keys", *arguments)
    return capsys.readouterr().out


def everything_said():
    """Return all that is encrypted, as it can be read now."""
    hashes = set(contact_hashes(ADDRESS))
    return {
        "answers": {answer.pk: answer.given for answer in Answer.objects.all()},
        "drafts": [str(draft.answers) for draft in Draft.objects.order_by("pk")],
        "names": [str(upload.name) for upload in Upload.objects.order_by("pk")],
        "files": [b"".join(read(upload)) for upload in Upload.objects.order_by("pk")],
        "links": [
            each.contact_hash in hashes for each in AccessLink.objects.order_by("pk")
        ],
        "found": [
            each.contact_hash in hashes for each in Application.objects.order_by("pk")
        ],
        "factors": [
            second_factors.decrypt(factor.data["secret"])
            for factor in Authenticator.objects.order_by("pk")
        ],
    }


def test_everything_is_read_without_the_old_key_afterwards(
    everything, settings, old_key, capsys
):
    before = everything_said()
    settings.FIELD_KEYS = [NEW_KEY, old_key]

    said = rotate(capsys)

    settings.FIELD_KEYS = [NEW_KEY]
    assert everything_said() == before
    assert before["files"] == [PDF]
    assert before["factors"] == [SECRET]
    assert all(before["found"])
    assert any(before["links"])
    assert "Key 2 of FIELD_KEYS" in said
    assert "is needed by nothing in this site" in said
    assert ADDRESS not in said


def test_what_is_under_which_key_is_told_and_nothing_written(
    everything, settings, old_key, capsys
):
    settings.FIELD_KEYS = [NEW_KEY, old_key]

    said = rotate(capsys, "--check")

    number = AccessLink.objects.count()
    told = f"applications.AccessLink.email: 0 under the key of today, {number} under"
    assert told in said
    assert "is still needed by" in said
    settings.FIELD_KEYS = [old_key]
    everything_said()


def test_answers_stay_as_they_are_and_only_their_forms_key_is_written_anew(
    everything, settings, old_key, capsys
):
    def stored():
        return set(Answer.objects.values_list("value", flat=True))

    before, [kept] = stored(), DataKey.objects.all()
    settings.FIELD_KEYS = [NEW_KEY, old_key]

    rotate(capsys)

    assert stored() == before
    [renewed] = DataKey.objects.all()
    assert renewed.name == kept.name
    assert str(renewed.__dict__["secret"]) != str(kept.__dict__["secret"])


@pytest.fixture
def without_form_keys(monkeypatch):
    """Write as a release from before forms had keys did."""
    with monkeypatch.context() as patched:
        first = "applications.models.bases.form_keys.writing_key"
        patched.setattr(first, lambda owner: encryption.first_key())
        yield patched


def test_what_was_written_before_forms_had_keys_gets_theirs(
    without_form_keys, everything, settings, old_key, capsys
):
    before = everything_said()
    assert not DataKey.objects.exists()
    without_form_keys.undo()
    settings.FIELD_KEYS = [NEW_KEY, old_key]

    rotate(capsys)

    settings.FIELD_KEYS = [NEW_KEY]
    assert everything_said() == before
    assert {*under(Answer, "value"), *under(Draft, "answers")} == data_keys.names()


def under(model, field, **lookups):
    """Return the name of the key of each value."""
    values = model.objects.filter(**lookups).values_list(field, flat=True)
    return [str(value).split(".")[1] for value in values]


def test_each_form_has_a_key_of_its_own_that_no_answer_of_another_is_under(
    everything, client, home
):
    other = ApplicationFormPageFactory(parent=home, slug="another")
    send(client, other, email=ADDRESS)

    keys = {
        form.pk: set(under(Answer, "value", application__definition__page=form))
        for form in (everything, other)
    }

    assert all(len(names) == 1 for names in keys.values())
    assert keys[everything.pk] != keys[other.pk]


def test_a_new_key_for_each_form_takes_over_and_the_old_one_goes_a_day_later(
    everything, capsys
):
    before, [old] = everything_said(), DataKey.objects.all()

    rotate(capsys, "--forms")

    assert everything_said() == before
    assert old.name not in under(Answer, "value")
    # Somebody may have read it just before, and write with it still.
    assert DataKey.objects.filter(pk=old.pk).exists()
    two_days_pass()

    said = rotate(capsys)

    assert "Old keys of forms deleted: 1" in said
    assert not DataKey.objects.filter(pk=old.pk).exists()
    assert everything_said() == before


def test_an_old_key_of_a_form_that_something_is_under_is_never_deleted(
    everything, capsys
):
    before, [old] = everything_said(), DataKey.objects.all()
    data_keys.new_keys()
    two_days_pass()

    assert data_keys.delete_needless({old.name}) == 0

    rotate(capsys)
    assert everything_said() == before


def test_keys_that_do_not_open_what_is_kept_are_told_of_before_the_site_starts(
    everything, settings, old_key, capsys
):
    call_command("check", "--database", "default")
    settings.FIELD_KEYS = [NEW_KEY]

    with pytest.raises(CommandError, match="FIELD_KEYS lacks the key that 1 keys"):
        call_command("check", "--database", "default")


def two_days_pass():
    DataKey.objects.update(created_at=F("created_at") - timedelta(days=2))


@pytest.mark.django_db(transaction=True)
def test_killed_at_any_moment_nothing_is_unreadable_and_it_goes_on(
    everything, settings, old_key, capsys, monkeypatch
):
    before = everything_said()
    settings.FIELD_KEYS = [NEW_KEY, old_key]
    encrypt = encryption.encrypt
    calls = count(1)

    for moment in range(1, 31, 3):

        def until_killed(*arguments, moment=moment):
            if next(calls) == moment:
                os.kill(os.getpid(), signal.SIGKILL)
            return encrypt(*arguments)

        def work(until_killed=until_killed):
            monkeypatch.setattr(encryption, "encrypt", until_killed)
            call_command("rotate_keys", "--forms")

        assert in_a_child(work) == -signal.SIGKILL
        assert everything_said() == before, moment

    rotate(capsys)

    settings.FIELD_KEYS = [NEW_KEY]
    assert everything_said() == before


def test_a_file_that_the_store_does_not_take_stays_as_it_was(
    everything, settings, old_key, monkeypatch, capsys
):
    settings.FIELD_KEYS = [NEW_KEY, old_key]

    def full(*args):
        raise StoreDown

    with monkeypatch.context() as patched:
        patched.setattr("applications.uploads.renewing.replace", full)
        with pytest.raises(StoreDown):
            rotate(capsys, "--forms")

    assert everything_said()["files"] == [PDF]


def test_what_a_crash_leaves_beside_a_file_is_no_file_of_anybody(
    everything, settings, old_key, capsys
):
    upload = Upload.objects.get()
    store().save(f"{upload.stored_name}.next", ContentFile(b"half of it"))
    settings.FIELD_KEYS = [NEW_KEY, old_key]

    rotate(capsys, "--forms")

    folder = upload.stored_name.partition("/")[0]
    assert len(store().listdir(folder)[1]) == 1
    assert b"".join(read(upload)) == PDF


def test_while_files_are_out_of_reach_no_key_is_said_to_be_needless(
    everything, settings, old_key, capsys
):
    upload = Upload.objects.get()
    store().delete(upload.stored_name)
    settings.FIELD_KEYS = [NEW_KEY, old_key]

    with pytest.raises(CommandError, match="store of applicants' files"):
        rotate(capsys)

    assert "may still be needed: 1 values" in capsys.readouterr().out


def test_an_answer_that_is_written_meanwhile_stays(
    everything, settings, old_key, capsys, monkeypatch
):
    settings.FIELD_KEYS = [NEW_KEY, old_key]
    encrypt, draft = encryption.encrypt, Draft.objects.get()

    def slow(text, place, key=None):
        if place == Draft._meta.get_field("answers").place(draft):
            newer = Draft.objects.get()
            newer.answers = '{"typed": "meanwhile"}'
            monkeypatch.undo()
            newer.save()
        return encrypt(text, place, key)

    monkeypatch.setattr(encryption, "encrypt", slow)
    rotate(capsys, "--forms")

    assert Draft.objects.get().answers == '{"typed": "meanwhile"}'


def test_a_value_that_cannot_be_read_is_told_of_and_harms_no_other(
    everything, settings, old_key, capsys
):
    # The address is read for its hash, too.
    first, second = Answer.objects.exclude(question=IDS["email"]).order_by("pk")[:2]
    with connection.cursor() as cursor:
        change = "UPDATE applications_answer SET value = %s WHERE uuid = %s"
        key = Answer._meta.pk.get_db_prep_value
        cursor.execute(change, ["Plainly a diagnosis", key(first.pk, connection)])
        lost = f"aesgcm1.{'0' * 16}.{'A' * 80}"
        cursor.execute(change, [lost, key(second.pk, connection)])
    settings.FIELD_KEYS = [NEW_KEY, old_key]

    with pytest.raises(CommandError, match="2 values cannot be read"):
        rotate(capsys)

    said = capsys.readouterr().out
    assert "1 under no key" in said
    assert f"1 under key {'0' * 16}" in said
    assert "Plainly" not in said
    settings.FIELD_KEYS = [NEW_KEY]
    others = Answer.objects.exclude(pk__in=[first.pk, second.pk])
    assert [each.given for each in others]


def test_without_a_key_the_command_says_what_to_set(settings, db):
    settings.FIELD_KEYS = []

    with pytest.raises(CommandError, match="FIELD_KEYS"):
        call_command("rotate_keys")
