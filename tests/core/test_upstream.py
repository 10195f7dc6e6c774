"""Faults of libraries that we work around, and what we use though it is not documented.

A test fails when a fault is mended upstream, or when what we use has changed. Those of
the replacements in ``core.admin.wagtail_patches`` are in
tests/core/admin/test_wagtail_patches.py, that of citeproc-py's slowness in
tests/evidence/test_citeproc_cache.py.
"""

import inspect
import re
import socket
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
import wagtail.admin
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import OperationalError, connection, models, transaction
from django.db.models.fields.files import FieldFile
from django.utils import translation
from django.utils.translation import gettext, ngettext, trans_real
from modelsearch.backends import database
from PIL import Image
from psycopg.waiting import Wait, wait
from wagtail.admin.forms.choosers import ExternalLinkChooserForm
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.views.generic.chooser import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.images.models import WagtailImageFieldFile
from wagtail.models import Page, Site, TaskState
from wagtail.search.backends import get_search_backend
from wagtail.snippets.views.chooser import SnippetCreateView

from core.encrypted_fields import DecryptedAttribute
from core.models.images import SiteImage
from core.text.translations import KeptTranslation

pytestmark = pytest.mark.every_case

SCRIPTS = Path(wagtail.admin.__file__).parent / "static/wagtailadmin/js"
QUOTATION_MARKS = ['"', 'a "b', '"a" b"', '""']


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a fault on SQLite only")
class TestSearchForAQuotationMark:
    """Waits for https://github.com/wagtail/wagtail/issues/13227."""

    def test_is_a_syntax_error_to_the_stock_backend(self, db):
        """Once this fails, core.search_backend can go."""
        found = database.SearchBackend({}).search('"', Page)

        with transaction.atomic(), pytest.raises(OperationalError):
            list(found)

    @pytest.mark.parametrize("typed", QUOTATION_MARKS)
    @pytest.mark.parametrize("how", ["search", "autocomplete"])
    def test_is_none_to_ours(self, db, how, typed):
        assert list(getattr(get_search_backend(), how)(typed, Page)) == []


class TestWaitingForPostgresql:
    """Waits for psycopg to limit how long a connection waits for any answer."""

    def test_is_not_limited_for_a_whole_connection(self):
        """Once this fails, core.database may say so when it connects."""
        timeout = inspect.signature(psycopg.Connection.wait).parameters["timeout"]
        connect = inspect.signature(psycopg.Connection.connect).parameters

        assert timeout.default is None
        assert not [name for name in connect if "timeout" in name]

    def test_that_takes_too_long_is_told_from_what_the_server_says(self):
        ours, theirs = socket.socketpair()

        def answer():
            while True:
                yield Wait.R

        with ours, theirs, pytest.raises(psycopg.OperationalError) as raised:
            wait(answer(), ours.fileno(), timeout=0.01)

        assert raised.value.sqlstate is None
        assert psycopg.errors.QueryCanceled("too long").sqlstate == "57014"


class TestFields:
    def test_read_their_values_through_a_class_that_can_be_chosen(self):
        """``descriptor_class`` is documented; what stands there is not."""
        stock = models.TextField.descriptor_class

        assert issubclass(DecryptedAttribute, stock)
        assert "field_name" not in vars(stock)
        assert {"__get__", "__init__"} <= set(vars(stock))
        assert not hasattr(stock, "__set__")

    def test_write_files_through_a_class_that_can_be_set(self):
        """``core.media.stored_files`` sets it; Django does not document it."""
        assert models.FileField.attr_class is FieldFile

        class Chosen(FieldFile):
            pass

        field = models.FileField(name="file")
        field.attr_class = Chosen
        field.set_attributes_from_name("file")
        read = field.descriptor_class(field)

        assert type(read.__get__(SimpleNamespace(file="a.txt"))) is Chosen


class TestTurnedPictures:
    """Waits for https://github.com/wagtail/wagtail/issues/2909."""

    def test_are_measured_as_they_lie(self):
        """Once this fails, core.media need not turn pictures to measure them."""
        exif, file = Image.Exif(), BytesIO()
        exif[0x0112] = 6
        Image.new("RGB", (8, 4)).save(file, "JPEG", exif=exif)
        field = SiteImage._meta.get_field("file")
        stock = WagtailImageFieldFile(SimpleNamespace(), field, "a.jpg")
        stock.file = ContentFile(file.getvalue())

        assert stock.get_image_dimensions() == (8, 4)


class TestDecisions:
    """Wait for https://github.com/wagtail/wagtail/issues/14460."""

    @pytest.mark.parametrize("decide", [TaskState.approve, TaskState.reject])
    def test_look_at_the_copy_that_a_request_has_read(self, decide):
        """Once this fails, core.publishing.signals.decide_once may go."""
        source = inspect.getsource(decide)

        assert "if self.status != self.STATUS_IN_PROGRESS:" in source
        assert not re.search("select_for_update|refresh_from_db|filter", source)

    def test_that_came_too_late_are_asked_of_no_task(self):
        """Once this fails, the hook that saves the text as a draft may go."""
        source = inspect.getsource(EditView)

        assert "        self.page.current_workflow_task.on_action(" in source


def test_an_alias_goes_live_whether_or_not_its_page_does():
    """Waits for https://github.com/wagtail/wagtail/issues/11344.

    Once this fails, BasePage.update_aliases may go.
    """
    source = inspect.getsource(Page.update_aliases)

    assert "            alias_updated.live = True\n" in source
    assert "if self.live" not in source


@pytest.mark.parametrize(
    ("stock", "name"),
    [
        (Site.find_for_request, "_wagtail_site"),
        (Page.route_for_request, "_wagtail_route_for_request"),
    ],
)
def test_what_a_request_was_told_of_is_not_looked_for(stock, name):
    """Once this fails, core.routing.RoutingMiddleware notes what nobody reads."""
    request = SimpleNamespace(**{name: "told", "_wagtail_site": "told"})
    arguments = (request, "/") if stock is Page.route_for_request else (request,)

    assert stock(*arguments) == "told"


def test_the_window_for_an_external_link_fails_without_an_address():
    """Once this fails, core.admin.choosers.AddressForm can go."""
    with pytest.raises(AttributeError):
        ExternalLinkChooserForm({}).is_valid()


@pytest.mark.parametrize("view", [CreateView, SnippetCreateView])
def test_a_window_without_a_form_fails_where_one_is_posted(db, rf, view):
    """Once this fails, core.admin.choosers.NothingMadeMixin can go."""
    with pytest.raises(AttributeError):
        view(model=Page, request=rf.post("/")).post(rf.post("/"))


@pytest.mark.parametrize(
    ("posted", "error"), [("no JSON", ValueError), ("[" * 100_000, RecursionError)]
)
def test_the_rich_text_editor_fails_where_nobody_typed(db, posted, error):
    """Once this fails, core.admin.rich_text can go."""
    with pytest.raises(error):
        DraftailRichTextArea().value_from_datadict({"text": posted}, {}, "text")


class TestRichTextInForms:
    """core/static/core/rich-text-in-forms.js; tests/browser/test_edits.py uses it."""

    SCRIPT = (SCRIPTS / "draftail.js").read_text()

    def test_a_field_knows_its_editor(self):
        assert re.search(r"\b(\w+)=(\w+)=>{(\w+)\.draftailEditor=\2}", self.SCRIPT)

    def test_an_editor_writes_into_its_field_when_told(self):
        assert "serialiseEditorStateToRaw:()=>" in self.SCRIPT

    def test_an_editor_waits_before_it_writes_by_itself(self):
        """Once this fails, that script may be unnecessary."""
        assert "stateSaveInterval:250" in self.SCRIPT


class TestCataloguesOfOnePluralRule:
    """Django means to merge those of all apps."""

    def test_are_kept_apart_by_the_stock_translation(self):
        """Once this fails, core.text.translations can go."""
        (stock,) = KeptTranslation.__bases__

        assert len(stock("de")._catalog._catalogs) > len(settings.LOCALE_PATHS) + 1

    @pytest.mark.parametrize(
        ("language", "close", "days"),
        [("en-gb", "Close", "%(n)d days"), ("de", "Schließen", "%(n)d Tage")],
    )
    def test_are_looked_through_once_for_each_text(self, language, close, days):
        with translation.override(language):
            said = [
                (gettext("Close"), ngettext("%(n)d day", "%(n)d days", 2))
                for _ in range(2)
            ]
            kept = trans_real.translation(language)

        assert said == [(close, days)] * 2
        assert kept.gettext.cache_info().hits
        assert kept.ngettext.cache_info().hits
