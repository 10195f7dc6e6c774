"""Who read and did what with an application is kept, and cannot be changed unseen."""

from importlib import import_module

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from applications.models import Application, ApplicationLogEntry
from core.models import LogEnd, log_chain
from core.models.chained_log import LogIsAppendOnly
from home.roles import ADMISSIONS
from tests.helpers.at_once import at_once
from tests.helpers.factories import UserFactory
from tests.helpers.factories_applications import ApplicationFormPageFactory, send
from users.models import User

TABLE = ApplicationLogEntry._meta.db_table
LOG = ApplicationLogEntry._meta.label
NEW_KEY = "bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm4="


@pytest.fixture
def application(client, home, commits):
    send(client, ApplicationFormPageFactory(parent=home))
    return Application.objects.get()


@pytest.fixture
def entries(application):
    """Five entries by one reader."""
    reader = UserFactory()
    for status in ("new", "read", "archived", "read"):
        data = {"status": status}
        log(application, "applications.status", user=reader, data=data)
    log(application, "applications.read", user=reader)
    return list(ApplicationLogEntry.objects.order_by("number"))


def verify(capsys):
    call_command("verify_log")
    return capsys.readouterr().out


def behind_our_back(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def found(capsys):
    with pytest.raises(CommandError):
        call_command("verify_log")
    return capsys.readouterr().out


def test_a_log_that_nobody_changed_is_whole(entries, capsys):
    assert [entry.number for entry in entries] == [1, 2, 3, 4, 5]

    assert "5 entries read" in verify(capsys)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE {} SET user_id = 1000 WHERE number = 3",
        "UPDATE {} SET action = 'applications.read' WHERE number = 3",
        "UPDATE {} SET timestamp = '2020-01-01 00:00:00+00:00' WHERE number = 3",
        "UPDATE {} SET object_id = 'another' WHERE number = 3",
        "UPDATE {} SET content_type_id = NULL WHERE number = 3",
    ],
)
def test_a_forged_entry_is_named(entries, capsys, change):
    behind_our_back(change.format(TABLE))

    assert "entry 3 was changed" in found(capsys)


@pytest.mark.parametrize("column", ["label", "data", "salt"])
def test_forged_words_are_named(entries, capsys, column):
    value = '{"status": "new"}' if column == "data" else "another"
    behind_our_back(f"UPDATE {TABLE} SET {column} = %s WHERE number = 4", value)  # noqa: S608

    assert "words of entry 4 were changed" in found(capsys)


def test_a_dropped_entry_is_missed(entries, capsys):
    behind_our_back(f"DELETE FROM {TABLE} WHERE number = 2")  # noqa: S608

    assert "1 missing before entry 3" in found(capsys)


def test_entries_dropped_at_the_end_are_missed(entries, capsys):
    behind_our_back(f"DELETE FROM {TABLE} WHERE number > 3")  # noqa: S608

    assert "ends with entry 3, and should end with 5" in found(capsys)


def test_entries_all_dropped_are_missed(entries, capsys):
    behind_our_back(f"DELETE FROM {TABLE}")  # noqa: S608

    assert "ends with entry 0, and should end with 5" in found(capsys)


def test_entries_in_another_order_are_named(entries, capsys):
    for old, new in ((2, 99), (3, 2), (99, 3)):
        change = f"UPDATE {TABLE} SET number = %s WHERE number = %s"  # noqa: S608
        behind_our_back(change, new, old)

    assert "entry 2 was changed, or is not the one" in found(capsys)


def chained_anew(**changes):
    """Change the last entry and chain it as whoever reads this could, without a key."""
    entry = ApplicationLogEntry.objects.order_by("number").last()
    before = ApplicationLogEntry.objects.get(number=entry.number - 1)
    forged = entry.covered | changes
    digest = log_chain.entry_digest(before.digest, forged)
    behind_our_back(
        f"UPDATE {TABLE} SET action = %s, digest = %s WHERE number = %s",  # noqa: S608
        forged["action"],
        digest,
        entry.number,
    )
    LogEnd.objects.update(digest=digest)


@pytest.mark.parametrize("seal", [None, "", "forged"])
def test_a_log_written_anew_without_the_key_is_found(entries, capsys, seal):
    chained_anew(action="applications.status")
    if seal is not None:
        LogEnd.objects.update(seal=seal)

    assert "its end is not sealed by this site" in found(capsys)


def test_a_further_entry_does_not_seal_what_was_forged(entries, application, capsys):
    chained_anew(action="applications.status")

    log(application, "applications.read")

    assert "its end is not sealed by this site" in found(capsys)


def test_a_log_that_was_emptied_with_its_end_is_found(entries, application, capsys):
    behind_our_back(f"DELETE FROM {TABLE}")  # noqa: S608
    LogEnd.objects.all().delete()
    assert "the end of the log was taken away" in found(capsys)

    log(application, "applications.read")

    assert "its end is not sealed by this site" in found(capsys)


def test_without_its_end_the_log_goes_on(entries, application, capsys):
    LogEnd.objects.all().delete()

    log(application, "applications.read")

    assert ApplicationLogEntry.objects.filter(number=6).exists()
    assert "its end is not sealed by this site" in found(capsys)
    call_command("verify_log", "--seal")
    assert "Nothing was changed" in verify(capsys)


def test_words_put_where_some_were_erased_are_named(entries, capsys):
    ApplicationLogEntry.objects.filter(number=2).erase_words()
    value = '{"status": "archived"}'
    behind_our_back(f"UPDATE {TABLE} SET data = %s WHERE number = 2", value)  # noqa: S608

    assert "words of entry 2 were changed" in found(capsys)


def test_what_a_release_from_before_wrote_is_chained(entries, application, capsys):
    reader = UserFactory()
    add = ModelLogEntry.objects.log_action
    stray = add(application, "applications.read", user=reader)

    assert "1 entries of a release before" in verify(capsys)

    last = ApplicationLogEntry.objects.order_by("number").last()
    assert (last.user_id, last.timestamp) == (reader.pk, stray.timestamp)
    assert not ModelLogEntry.objects.filter(pk=stray.pk).exists()


def test_under_a_new_key_it_is_sealed_anew(entries, settings, capsys):
    settings.FIELD_KEYS = [NEW_KEY, *settings.FIELD_KEYS]
    call_command("rotate_keys")
    settings.FIELD_KEYS = [NEW_KEY]

    assert "Nothing was changed" in verify(capsys)


def test_what_was_forged_gets_no_new_seal(entries, settings, capsys):
    settings.FIELD_KEYS = [NEW_KEY, *settings.FIELD_KEYS]
    LogEnd.objects.update(digest="f" * 64)

    with pytest.raises(CommandError, match="cannot be read"):
        call_command("rotate_keys")


def test_the_application_offers_no_way_to_change_it(entries):
    entry = entries[2]
    entry.label = "another"
    for change in (
        entry.save,
        entry.delete,
        ApplicationLogEntry.objects.all().delete,
        lambda: ApplicationLogEntry.objects.update(label="another"),
        lambda: ApplicationLogEntry.objects.bulk_update([entry], ["label"]),
        lambda: ApplicationLogEntry.objects.bulk_create([entry]),
    ):
        with pytest.raises(LogIsAppendOnly):
            change()


def test_an_entry_stays_when_its_application_is_deleted(entries, application, capsys):
    application.delete()

    assert "5 entries read" in verify(capsys)


def test_words_are_erased_and_the_chain_holds(entries, capsys):
    assert ApplicationLogEntry.objects.filter(number=2).erase_words() == 1

    assert "The words of 1 were erased" in verify(capsys)
    erased = ApplicationLogEntry.objects.get(number=2)
    assert (erased.label, erased.data) == ("", {})
    assert erased.user_id == entries[1].user_id


@pytest.mark.django_db(transaction=True)
def test_several_at_once_stand_one_after_the_other(client, home, capsys):
    send(client, ApplicationFormPageFactory(parent=home))
    application = Application.objects.get()

    # The test has emptied all tables before.
    call_command("verify_log", "--seal")

    at_once(*[lambda: log(application, "applications.read")] * 6)

    numbers = ApplicationLogEntry.objects.order_by("number")
    assert list(numbers.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert "6 entries read" in verify(capsys)


def test_what_was_not_committed_leaves_no_gap(application, capsys):
    with transaction.atomic():
        log(application, "applications.read")
        transaction.set_rollback(True)

    log(application, "applications.read")

    assert "1 entries read" in verify(capsys)


def test_the_report_shows_it_to_those_with_the_permission_alone(log_in, entries):
    client = log_in(ADMISSIONS)
    reader = User.objects.get(groups__name=ADMISSIONS)
    report = reverse("wagtailadmin_reports:site_history")
    label = entries[0].label

    assert label not in client.get(report).content.decode()

    reader.user_permissions.add(
        Permission.objects.get(codename="view_applicationlogentry")
    )
    assert label in client.get(report).content.decode()


class TestMigration:
    """What Wagtail's own log had of applications before."""

    @pytest.fixture
    def migration(self):
        return import_module("applications.migrations.0022_chain_log")

    @pytest.fixture
    def models(self, db):
        last = [("applications", "0022_chain_log"), ("core", "0012_log_end")]
        return MigrationLoader(None).project_state(last).apps

    @pytest.fixture
    def before(self, application):
        """Two entries, and one of something else."""
        LogEnd.objects.filter(log=LOG).delete()
        reader = UserFactory()
        add = ModelLogEntry.objects.log_action
        data = {"status": "read", "ü": [1, 2.5, None]}
        add(application, "applications.read", user=reader)
        add(application, "applications.status", user=reader, data=data)
        add(reader, "wagtail.edit", user=reader)
        return list(ModelLogEntry.objects.order_by("pk").values_list())

    def test_chains_entries_in_their_order(
        self, migration, models, before, application, capsys
    ):
        migration.forwards(models, None)

        actions = ApplicationLogEntry.objects.order_by("number")
        assert [each.action for each in actions] == [
            "applications.read",
            "applications.status",
        ]
        assert ModelLogEntry.objects.get().action == "wagtail.edit"
        assert "2 entries read" in verify(capsys)
        log(application, "applications.read")
        assert "3 entries read" in verify(capsys)
        assert LogEnd.objects.get(log=LOG).seal

    def test_can_be_taken_back(self, migration, models, before):
        migration.forwards(models, None)
        migration.backwards(models, None)

        after = ModelLogEntry.objects.order_by("timestamp").values_list()
        assert sorted(str(row[1:]) for row in after) == sorted(
            str(row[1:]) for row in before
        )
        assert not LogEnd.objects.filter(log=LOG).exists()
