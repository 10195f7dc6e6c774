"""What a deployed site serves of its styles and scripts."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from config.staticfiles import WholeFilesStorage, lowered
from django.core.management import call_command

SOURCE = Path(__file__).parents[2] / "site" / "static"
CLASS = re.compile(r"(?<!\w)\.([a-z][a-z_-]+)")


@pytest.fixture(scope="module")
def deployed(tmp_path_factory):
    """``deployed("css/site.css")`` is a file as visitors get it."""
    from django.conf import settings
    from django.test import override_settings

    root = tmp_path_factory.mktemp("static")
    storages = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "config.staticfiles.WholeFilesStorage"},
    }
    with override_settings(STATIC_ROOT=root, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
        storage = WholeFilesStorage(location=root, base_url="/static/")
        yield lambda name: (root / storage.stored_name(name)).read_text()


def parts(name, pattern):
    source = SOURCE / name
    found = re.findall(pattern, source.read_text(), re.MULTILINE)
    return [(source.parent / part).read_text() for part in found]


def styles():
    return parts("css/site.css", r'^@import url\("(.*?)"\)')


def own_classes():
    """Yield the layer of each style sheet, and a class that no other names."""
    sheets = [re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL) for sheet in styles()]
    for sheet in sheets:
        others = {c for other in sheets if other != sheet for c in CLASS.findall(other)}
        own = [name for name in CLASS.findall(sheet) if name not in others]
        if own:
            yield re.search(r"@layer (\w+) {", sheet)[1], own[0]


def test_one_style_sheet_holds_all_in_their_order(deployed):
    whole = deployed("css/site.css")

    assert "@import" not in whole
    layers = list(dict.fromkeys(re.findall(r"@layer (\w+){", whole)))
    assert layers == ["tokens", "base", "layout", "components", "utilities"]
    places = defaultdict(list)
    for layer, name in own_classes():
        places[layer].append(re.search(rf"\.{name}(?![\w-])", whole).start())
    assert len(places["components"]) > 30
    assert all(found == sorted(found) for found in places.values())


def test_what_is_for_paper_is_for_paper_alone(deployed):
    whole = deployed("css/site.css")
    start = whole.index("@media print{")

    for_paper = whole[start:]
    assert "@page" not in whole[:start]
    assert "--paper:#fff;" in for_paper
    assert "--paper:#fff;" not in whole[:start]
    assert whole.count("{") == whole.count("}")


def test_browsers_of_2023_can_read_all_that_shows_where_a_field_is(deployed):
    whole = deployed("css/site.css")

    assert "light-dark(" not in whole
    assert "&" not in whole
    assert re.search(r"--line-strong:[^;]*#7d776b[^;]*#858b8c", whole)
    assert re.search(
        r"@media \(prefers-color-scheme:dark\){:root{[^}]*:initial}", whole
    )


def test_a_style_sheet_is_sent_without_what_only_its_writers_read(deployed):
    whole = deployed("css/site.css")

    assert "/*" not in whole
    assert "\n\n" not in whole
    assert len(whole) < 0.8 * sum(map(len, styles()))


@pytest.mark.parametrize(
    "mistake", [".menu { color: red }}", ".menu >> a { color: red }"]
)
def test_a_style_sheet_with_a_mistake_is_not_deployed(mistake):
    with pytest.raises(ValueError, match="Parsing stylesheet failed"):
        lowered(mistake)


def test_fonts_are_found_by_their_hashed_names(deployed):
    assert re.search(
        r'url\("?\.\./fonts/newsreader\.[0-9a-f]{12}\.woff2"?\)',
        deployed("css/site.css"),
    )


def test_one_script_holds_every_element_without_what_only_its_writers_read(deployed):
    elements = parts("js/site.js", r'^import "\./(.*?)";')
    lines = [line.strip() for element in elements for line in element.splitlines()]

    assert elements
    assert [line for line in deployed("js/site.js").splitlines() if line] == [
        line for line in lines if line and not line.startswith("//")
    ]
    # Else indentation, or what looks like a comment, might be part of it.
    assert not [line for line in lines if line.count("`") % 2]
