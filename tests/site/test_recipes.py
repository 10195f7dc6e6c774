"""The recipes of docs/extending.md, followed to the letter in a copy of the project."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission

ROOT = Path(__file__).resolve().parents[2]
STEP = re.compile(
    r"^\*\*`(?P<path>[^`]+)`\*\*(?: \(new\)|: after `(?P<after>[^`]+)`)\n\n"
    r"```\w+\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
# What the recipes promise, asked of the copy.

pytestmark = pytest.mark.one_database

ASK = """
import json
from types import SimpleNamespace as Titled
from core.blocks.body import BodyBlock
from core.publishing.rules.titles import TitleThatShouts
from django.template.loader import get_template
from home.models import GuidePage
from home.roles import PERMISSIONS
from wagtail.models import get_page_models
block = BodyBlock().child_blocks["dose"]
rule = TitleThatShouts()
print(json.dumps({
    "block": block.render(block.get_preview_value()),
    "sentences": [p.sentence for p in rule.problems(Titled(title="Walk again!"))],
    "in peace": list(rule.problems(Titled(title="Walking again"))),
    "is a page type": GuidePage in get_page_models(),
    "template": bool(get_template(GuidePage.template)),
    "roles": PERMISSIONS,
}))
"""


def steps():
    return list(STEP.finditer((ROOT / "docs" / "extending.md").read_text()))


def manage(copy, *arguments):
    done = subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", *arguments],
        cwd=copy,
        env={"DJANGO_SETTINGS_MODULE": "config.settings.test", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The project after every recipe, with the migrations that they call for."""
    copy = tmp_path_factory.mktemp("recipes")
    apps = {path.parent.name for path in ROOT.glob("*/apps.py")} | {"site"}
    for app in apps:
        leave = shutil.ignore_patterns("__pycache__", "*.png", "*.mp4")
        shutil.copytree(ROOT / app, copy / app, ignore=leave)
    shutil.copy(ROOT / "manage.py", copy)
    for step in steps():
        path = copy / step["path"]
        if step["after"] is None:
            assert not path.exists(), f"{path} is there already"
            path.write_text(step["text"])
            continue
        lines = path.read_text().splitlines(keepends=True)
        [place] = [n for n, line in enumerate(lines) if line.rstrip() == step["after"]]
        lines.insert(place + 1, step["text"])
        path.write_text("".join(lines))
    manage(copy, "makemigrations", "-n", "recipes", "--verbosity=0")
    return copy


@pytest.fixture(scope="module")
def said(copy):
    return json.loads(manage(copy, "shell", "--verbosity=0", "--command", ASK))


def test_there_are_four(copy):
    paths = [step["path"] for step in steps()]

    assert len(paths) == len(re.findall(r"^```\w+$", _document(), re.MULTILINE))
    assert _document().count("## How do I add") == 4
    # A block is written in four files, and imported in a fifth.
    assert len({p for p in paths if "dose" in p} | {"core/blocks/body.py"}) == 4


def test_the_copy_passes_its_checks(copy):
    manage(copy, "check", "--fail-level", "WARNING")
    manage(copy, "makemigrations", "--check", "--dry-run")


def test_the_block_is_drawn(said):
    assert said["block"].strip() == (
        '<p class="dose"><b>An example</b>: 50 mg, twice a day</p>'
    )


def test_the_rule_names_one_title_and_leaves_another_in_peace(said):
    assert said["sentences"] == ["The title has an exclamation mark. Leave it out."]
    assert said["in peace"] == []


def test_the_page_type_has_its_template(said):
    assert said["is a page type"]
    assert said["template"]


@pytest.mark.django_db
def test_the_role_has_permissions_that_exist(said):
    for name in said["roles"]["Librarians"]:
        app, codename = name.split(".")
        assert Permission.objects.filter(
            content_type__app_label=app, codename=codename
        ).exists()


def _document():
    return (ROOT / "docs" / "extending.md").read_text()
