"""The diagram in docs/architecture.md, enforced: an app knows only those below it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Top to bottom. Apps on one line are strangers to one another.
LAYERS = [
    {"demonstration"},
    {"home"},
    {"articles"},
    {"testimonials", "applications", "newsletter", "review"},
    {"evidence"},
    {"people"},
    {"core"},
    {"seo", "users", "delivery"},
]
RANK = {app: rank for rank, layer in enumerate(LAYERS) for app in layer}
TAG_LIBRARIES = {path.stem: path.parts[-3] for path in ROOT.glob("*/templatetags/*.py")}
# Parts that pages may take from the site's own templates folder.
SITE_TEMPLATES = {"includes"}
# Parts of an app that every other part may know, or that Django and Wagtail look for.
NOT_ROOMS = {"migrations", "management", "static", "templates", "templatetags"}
# Rooms of one app that know each other, each explained in docs/adr/0007.
TWO_WAY = {
    ("applications", "applying", "models"),
    ("applications", "composing", "models"),
    ("articles", "importing", "models"),
    ("core", "media", "models"),
    ("core", "models", "prefetch"),
    ("core", "models", "publishing"),
    ("evidence", "importing", "models"),
    ("evidence", "library", "models"),
    ("review", "approving", "models"),
    ("seo", "metadata", "results"),
    ("testimonials", "models", "querysets"),
}
# Page rules name the types a page may stand under, which is above it by nature.
PARENTS = {"parent_page_types", "subpage_types"}


def known_to_python(path: Path) -> Iterator[str]:
    """Yield what a module imports, and the apps of its ``"app.Model"`` strings."""
    tree = ast.parse(path.read_text())
    rules = {
        constant
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and PARENTS & {getattr(t, "id", "") for t in _targets(node)}
        for constant in ast.walk(node)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                yield from (alias.name.partition(".")[0] for alias in node.names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module.partition(".")[0]
            case ast.Constant(value=str(text)) if node not in rules and re.fullmatch(
                r"\w+\.[A-Z]\w+", text
            ):
                yield text.partition(".")[0]


def _targets(node: ast.Assign | ast.AnnAssign) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else [node.target]


def known_to_template(path: Path) -> Iterator[str]:
    """Yield the apps whose templates or tags a template uses."""
    text = path.read_text()
    yield from re.findall(r"""{% (?:extends|include) ["'](\w+)/""", text)
    for libraries in re.findall(r"{% load ([\w ]+?) %}", text):
        yield from (TAG_LIBRARIES.get(name, "django") for name in libraries.split())


@pytest.mark.parametrize("app", sorted(RANK))
def test_knowledge_points_down(app):
    for path in (ROOT / app).rglob("*"):
        others = {".py": known_to_python, ".html": known_to_template}.get(path.suffix)
        if not others or "migrations" in path.parts:
            continue
        for other in others(path):
            assert other != "config", f"{path}: import django.conf.settings instead"
            assert (
                other == app
                or other in SITE_TEMPLATES
                or (RANK.get(other, len(LAYERS)) > RANK[app])
            ), f"{path} knows {other!r}, which is not below {app!r}"


def test_every_app_is_in_the_diagram():
    apps = {path.parent.name for path in ROOT.glob("*/apps.py")}

    assert apps == set(RANK)


def rooms_known(app: str) -> set[tuple[str, str]]:
    """Return (room, room that it imports) for the folders and modules of ``app``."""
    known = set()
    for path in (ROOT / app).rglob("*.py"):
        room = path.relative_to(ROOT / app).with_suffix("").parts[0]
        if room in NOT_ROOMS or room == "__init__":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [
                    f"{node.module}.{alias.name}".split(".") for alias in node.names
                ]
                known |= {(room, name[1]) for name in names if name[0] == app}
    return known


def test_only_the_rooms_named_know_each_other():
    two_way = set()
    for app in RANK:
        known = rooms_known(app)
        two_way |= {(app, a, b) for a, b in known if a < b and (b, a) in known}

    assert two_way == TWO_WAY


def test_no_folder_holds_more_than_twenty_modules():
    crowded = {
        str(folder.relative_to(ROOT)): len(modules)
        for app in RANK
        for folder in [ROOT / app, *(ROOT / app).rglob("*/")]
        if "migrations" not in folder.parts
        and len(modules := [*folder.glob("*.py")]) > 20
    }

    assert not crowded


def test_site_folder_is_not_a_package():
    """`site` is a standard-library module: ours must never be importable as one."""
    assert not (ROOT / "site" / "__init__.py").exists()


def test_no_file_has_outgrown_its_subject():
    grown = {
        str(path.relative_to(ROOT)): lines
        for app in [*RANK, "site/config"]
        for path in (ROOT / app).rglob("*.py")
        if "migrations" not in path.parts
        and (lines := len(path.read_text().splitlines())) > 300
    }

    assert not grown
