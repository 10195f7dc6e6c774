"""A backup and a change of keys wait for one another, and a lost key stops nothing."""

import pytest
from django.core.management import CommandError, call_command

from core.backup.alone import alone_with_keys
from core.checks.keys import keys_open_what_is_kept
from core.keys import data_keys
from core.models import DataKey

pytestmark = pytest.mark.django_db
NEW_KEY = "bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm4="


def test_no_backup_is_made_while_keys_change(tmp_path):
    recipients = tmp_path / "recipients"
    recipients.touch()

    with alone_with_keys():
        with pytest.raises(CommandError, match="wait until that is done"):
            call_command("rotate_keys")
        with pytest.raises(CommandError, match="wait until that is done"):
            call_command("backup", str(tmp_path), f"--recipients={recipients}")

    call_command("rotate_keys")


def test_no_backup_is_restored_while_one_is_made(tmp_path):
    identity = tmp_path / "identity"
    identity.touch()

    with (
        alone_with_keys(),
        pytest.raises(CommandError, match=r"Nothing was replaced.*wait until"),
    ):
        call_command("restore", str(identity), f"--identity={identity}", "--overwrite")


def test_a_lost_key_is_replaced_and_the_checks_pass(settings):
    lost, old = data_keys.new_key("form:1"), settings.FIELD_KEYS
    settings.FIELD_KEYS = [NEW_KEY]
    kept = data_keys.new_key("form:2")
    assert keys_open_what_is_kept(None, databases=["default"])

    assert data_keys.replace_lost() == 1

    assert not keys_open_what_is_kept(None, databases=["default"])
    assert data_keys.writing_key("form:1").name != lost.name
    assert data_keys.writing_key("form:2").name == kept.name
    assert DataKey.objects.count() == 2
    assert data_keys.replace_lost() == 0
    settings.FIELD_KEYS = old
