"""The list that a restored backup is cleaned by: durable, in order, naming nobody."""

import json
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from core.encryption import UnknownKeyError
from core.persons.erasing import open_request
from core.persons.erasure_list import ERASED, ErasureList, ListDamaged, ListKey
from core.persons.person import EMAIL, Person, name
from tests.helpers.at_once import at_once

pytestmark = pytest.mark.django_db
ADA = name(EMAIL, " Ada@Example.org")
FIRST = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = datetime(2026, 4, 1, 12, tzinfo=UTC)
NEW_KEY = "bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm4="


@pytest.fixture
def path(settings, tmp_path):
    settings.ERASURE_LIST = str(tmp_path / "beside" / "list")
    return tmp_path / "beside" / "list"


def test_knows_whom_it_holds_and_names_nobody(path):
    found = ErasureList()

    assert found.add([(ERASED, ADA, FIRST), (ERASED, ADA, LATER)]) == 2
    assert found.add([(ERASED, ADA, FIRST)]) == 0

    known = found.known()
    assert known.when(ERASED, name(EMAIL, "ADA@example.org")) == LATER
    assert known.when("newsletter.ended", ADA) is None
    assert known.when(ERASED, name(EMAIL, "bess@example.org")) is None
    assert b"ada" not in path.read_bytes().lower()


def test_drops_a_line_that_a_crash_has_cut_short(path):
    found = ErasureList()
    found.add([(ERASED, ADA, FIRST)])
    whole = path.read_bytes()
    path.write_bytes(whole + b'["erased", "0a1b')

    assert found.known().when(ERASED, ADA) == FIRST
    found.add([("newsletter.ended", ADA, LATER)], is_new=True)

    lines = path.read_bytes().removeprefix(whole).splitlines()
    assert [json.loads(line)[0] for line in lines] == ["newsletter.ended"]


def test_uses_every_good_line_and_tells_of_one_that_is_damaged(path):
    found = ErasureList()
    found.add([(ERASED, ADA, FIRST)])
    path.write_bytes(path.read_bytes() + b"something else\n")

    assert found.add([(ERASED, ADA, FIRST), (ERASED, ADA, LATER)]) == 1

    assert found.known().when(ERASED, ADA) == LATER
    assert found.known().damaged == 1
    with pytest.raises(CommandError, match="1 lines"):
        call_command("erase_person", unfinished=True)


@pytest.mark.parametrize("first", ["nonsense", "[]", '{"format": 1}'])
def test_says_that_its_first_line_is_damaged(path, first):
    ErasureList().add([(ERASED, ADA, FIRST)])
    rest = path.read_text().partition("\n")[2]
    path.write_text(f"{first}\n{rest}")

    with pytest.raises(ListDamaged):
        ErasureList().known()
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("redo_erasures")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("rotate_keys")


def test_misses_a_list_that_there_was_and_begins_no_other_unasked(path):
    ErasureList().add([(ERASED, ADA, FIRST)])
    path.unlink()
    request = open_request(Person.typed("ada@example.org"), "Asked", None)

    with pytest.raises(CommandError, match="--begin-list"):
        call_command("erase_person", request.number, yes=True)
    assert not path.exists()

    call_command("erase_person", begin_list=True)
    assert ErasureList().add([(ERASED, ADA, FIRST)]) == 1


def test_keeps_every_line_of_several_who_write_at_once(path):
    ErasureList().begin()
    at_once(
        *(
            lambda n=n: ErasureList().add([(ERASED, f"{EMAIL} {n}", FIRST)])
            for n in range(8)
        )
    )

    known = ErasureList().known()
    assert all(known.when(ERASED, f"{EMAIL} {n}") for n in range(8))


def test_still_matches_after_a_change_of_keys(path, settings, capsys):
    ErasureList().add([(ERASED, ADA, FIRST)])
    old, settings.FIELD_KEYS = settings.FIELD_KEYS, [NEW_KEY, *settings.FIELD_KEYS]

    assert ListKey().in_use().total() == 1
    call_command("rotate_keys")

    assert "keys of the erasure list: 1 written anew" in capsys.readouterr().out
    settings.FIELD_KEYS = [NEW_KEY]
    assert ErasureList().known().when(ERASED, ADA) == FIRST
    settings.FIELD_KEYS = old
    with pytest.raises(UnknownKeyError):
        ErasureList().known()
