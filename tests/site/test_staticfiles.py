"""What a deployed site serves of its styles and scripts."""

import re
from pathlib import Path

import pytest
from config.staticfiles import WholeFilesStorage
from django.core.management import call_command

SOURCE = Path(__file__).parents[2] / "site" / "static"


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


def test_one_style_sheet_holds_all_in_their_order(deployed):
    whole = deployed("css/site.css")
    openings = [
        whole.index(part[:60])
        for part in parts("css/site.css", r'^@import url\("(.*?)"\)')
    ]

    assert "@import" not in whole
    assert len(openings) > 10
    assert openings == sorted(openings)


def test_what_is_for_paper_is_for_paper_alone(deployed):
    whole = deployed("css/site.css")
    start = whole.index("@media print {")

    assert whole[start + len("@media print {") :].lstrip().startswith("/* Paper")
    assert whole.count("{") == whole.count("}")


def test_fonts_are_found_by_their_hashed_names(deployed):
    assert re.search(
        r'url\("\.\./fonts/newsreader\.[0-9a-f]{12}\.woff2"\)', deployed("css/site.css")
    )


def test_one_script_holds_every_element(deployed):
    whole = deployed("js/site.js")

    assert not re.search(r"^import", whole, re.MULTILINE)
    elements = parts("js/site.js", r'^import "\./(.*?)";')
    assert elements
    assert all(element in whole for element in elements)
