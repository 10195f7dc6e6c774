"""A store of pages for tests."""

import pytest

from delivery.pages import stored_keys
from tests.helpers.page_store import Visitor


@pytest.fixture
def folder(settings, tmp_path):
    """The folder of stored pages, which is empty."""
    settings.PAGE_STORE = str(tmp_path / "pages")
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    settings.WAGTAILADMIN_BASE_URL = "http://localhost:8000"
    return tmp_path / "pages"


@pytest.fixture
def visitor(folder):
    return Visitor()


@pytest.fixture
def stored(folder):
    """``stored()`` lists the pages that are kept, as host and path."""

    def paths():
        return [key.removesuffix("/") for key in stored_keys(folder)]

    return paths
