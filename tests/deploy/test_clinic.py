"""`clinic`, which runs commands of the site on a machine where it is installed."""

import re

import pytest

from tests.deploy.stubbed_machine import ROOT, StubbedMachine
from tests.deploy.test_scripts import OPTIONS


@pytest.fixture
def machine(tmp_path):
    machine = StubbedMachine(tmp_path)
    machine.run(machine.release("release"), "install", *OPTIONS)
    return machine


def test_it_reads_the_settings_as_systemd_does(machine):
    machine.path("etc/clinic/environment").write_text(
        "# comment=1\nA_KEY=abc==\n  BLANKS =yes\nBLANK=  a b \t \nEMPTY=\n"
        "DOLLAR=$HOME`id`\nWINDOWS=yes\r\n\nLAST=3"
    )

    machine.run(machine.current, "manage", "environment")

    words = machine.path("environment").read_text().split("\0")
    found = dict(word.partition("=")[::2] for word in words)
    expected = {"A_KEY": "abc==", "BLANK": "a b", "EMPTY": "", "LAST": "3"}
    expected |= {"DOLLAR": "$HOME`id`", "WINDOWS": "yes"}
    assert found.items() >= (expected | {"BLANKS": "yes"}).items()
    assert not any("comment" in name for name in found)


def test_after_a_way_back_the_newer_release_undoes_its_migrations(machine):
    machine.run(machine.release("newer"), "install")
    machine.run(machine.current, "rollback")
    text = (ROOT / "docs" / "operations.md").read_text()
    found = re.findall(r"(\S*)[ \n`]clinic migrate", text)

    assert found == ["`RELEASE=/opt/clinic/previous"] * 3
    newer = str(machine.path("opt/clinic/previous"))
    told = machine.run(machine.current, "manage", "nginx", RELEASE=newer)
    assert told.stdout == "# newer\n"
