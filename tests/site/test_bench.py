"""What measures the site can still be run."""

import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from bench.peers.article import HEADINGS, PARAGRAPHS, PICTURES, SLUG
from bench.peers.sites import FILL_OURS, PICTURE
from tests.helpers.factories import ArticleIndexPageFactory

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted(path.stem for path in (ROOT / "bench").glob("*.py"))


@pytest.mark.parametrize("name", SCRIPTS)
def test_each_script_finds_what_it_needs(name):
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", f"import {name}"],
        cwd=ROOT / "bench",
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    assert done.returncode == 0


def test_the_article_that_all_are_given_is_one_that_ours_publishes(client, home):
    ArticleIndexPageFactory(parent=home, slug="blog")

    exec(PICTURE + FILL_OURS, {})  # noqa: S102  as `manage.py shell` runs it
    html = BeautifulSoup(client.get(f"/blog/{SLUG}/").content, "html.parser")

    assert len(html.select(".body h2")) == HEADINGS
    assert len(html.select(".body p b")) == PARAGRAPHS
    assert len(html.select(".body picture")) == PICTURES
