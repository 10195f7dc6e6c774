"""A store of pages for tests."""

import pytest

from core.models.site_settings import NavigationSettings
from delivery.pages import stored_keys
from tests.helpers.factories import ArticleIndexPageFactory, ContentPageFactory
from tests.helpers.page_store import Visitor
from tests.helpers.visiting import open_transaction_kept


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


@pytest.fixture
def one_transaction(db):
    """Requests leave the transaction of the test open."""
    with open_transaction_kept():
        yield


@pytest.fixture
def pages(home):
    """A front page whose menu leads to /blog/, and /about/, to which nothing leads."""
    ContentPageFactory(parent=home, slug="about")
    index = ArticleIndexPageFactory(parent=home, slug="blog")
    settings = NavigationSettings.for_site(home.get_site())
    link = {"page": index, "url": "", "label": "", "children": []}
    settings.menu = [("item", link)]
    settings.save()
