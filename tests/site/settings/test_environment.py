"""The table and the example name every variable that the site reads, and no other."""

import re
from pathlib import Path

import pytest

from tests.helpers.production import REQUIRED, run

ROOT = Path(__file__).resolve().parents[3]
READ = re.compile(
    # env("NAME"), env.list("NAME"), os.environ.get('NAME'), a storage named by "NAME"
    # or settings' own switch("NAME") and number("NAME")
    r"""(?:\benv|\bos\.environ|\b_storage|\bswitch|\bnumber)(?:\.\w+)?[(\[]\s*["']([A-Z]\w+)["']"""
)
# Names of earlier versions, with which the site does not start.
REFUSED = {"WITHHELD_STORAGE"}
# Read by boto3, by its own names.
OF_LIBRARIES = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}
LINE = re.compile(r"^(#?)([A-Z_]+)=(.*)$", re.MULTILINE)


@pytest.fixture(scope="module")
def read():
    """What the site's code reads, tests and measurements aside."""
    folders = [path.parent for path in ROOT.glob("*/apps.py")] + [ROOT / "site"]
    files = [file for folder in folders for file in folder.rglob("*.py")]
    files += [ROOT / "gunicorn.conf.py", ROOT / "manage.py"]
    names = {name for file in files for name in READ.findall(file.read_text())}
    return names - REFUSED | OF_LIBRARIES


@pytest.fixture(scope="module")
def table():
    """The first column of the table: {variable: whether it is required}."""
    text = (ROOT / "docs" / "operations.md").read_text()
    section = text.partition("\n## Environment\n")[2].partition("\n## ")[0]
    cells = [row.split("|")[1] for row in section.splitlines() if row.startswith("| `")]
    return {
        name: "*" in cell for cell in cells for name in re.findall(r"`(\w+)`", cell)
    }


@pytest.fixture(scope="module")
def example():
    """The lines of .env.example: {variable: (whether it is left out, value)}."""
    lines = LINE.findall((ROOT / ".env.example").read_text())
    return {name: (bool(mark), value) for mark, name, value in lines}


def test_the_table_names_what_is_read(table, read):
    assert len(read) > 20
    assert set(table) == read


def test_the_table_marks_what_production_requires(table):
    assert {name for name, required in table.items() if required} == set(REQUIRED)


def test_the_example_names_what_is_read(example, read):
    assert set(example) == read


def test_the_example_leaves_open_what_production_requires(example):
    left_open = {name for name, (_, value) in example.items() if not value}

    assert left_open - {"SECRET_KEY_FALLBACKS", "INDEXNOW_KEY"} == set(REQUIRED)
    assert not any(example[name][0] for name in REQUIRED)


def test_the_example_can_be_used_with_every_line_filled_in(example):
    filled_in = {name: value for name, (_, value) in example.items()} | REQUIRED

    done = run("-c", "from config.settings import production", environment=filled_in)

    assert done.returncode == 0, done.stderr
