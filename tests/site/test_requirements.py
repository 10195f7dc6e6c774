"""What the code imports is what requirements.in and requirements-s3.in name."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Parts of Wagtail, which says what versions of them it goes with.
OF_WAGTAIL = {
    "django-modelcluster",
    "django-taggit",
    "draftjs-exporter",
    "modelsearch",
    "pillow",
    "willow",
}


def source_files():
    folders = [path.parent for path in ROOT.glob("*/apps.py")] + [ROOT / "site"]
    return [file for folder in folders for file in folder.rglob("*.py")]


class Imports(ast.NodeVisitor):
    """The top-level names that a file imports, absolutely and not for types alone."""

    def __init__(self, file):
        self.names = set()
        self.visit(ast.parse(file.read_text()))

    def visit_If(self, node):
        if getattr(node.test, "id", "") != "TYPE_CHECKING":
            self.generic_visit(node)

    def visit_Import(self, node):
        self.names |= {alias.name.split(".")[0] for alias in node.names}

    def visit_ImportFrom(self, node):
        if node.level == 0:
            self.names.add(node.module.split(".")[0])


def required(name):
    return {
        re.match(r"[\w-]+", line)[0].lower()
        for line in (ROOT / name).read_text().splitlines()
        if line and line[0] not in "#-"
    }


def test_everything_imported_is_required_by_name():
    installed = packages_distributions()
    imported = {name for file in source_files() for name in Imports(file).names}

    packages = {
        installed[name][0].lower().replace("_", "-")
        for name in imported - sys.stdlib_module_names
        if name in installed
    }

    assert packages > {"django", "wagtail"}
    assert packages - required("requirements.in") - OF_WAGTAIL == {"django-storages"}
    assert "django-storages" in required("requirements-s3.in")
