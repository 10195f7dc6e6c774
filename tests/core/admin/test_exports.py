"""A formula that somebody typed is text in every export, Wagtail's own included."""

import csv
import io
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry, Task, Workflow

from core.admin.spreadsheets import inert_in_csv, printable
from core.models.live_problems import LiveProblem
from newsletter.models import Subscriber
from seo.models import Link, NotFoundAddress
from tests.helpers import admin_addresses, admin_content
from users.models import User

FORMULA = "=cmd()\v"
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
# Every export, each with something in it that somebody types. A new one belongs here.
EXPORTS = {
    "due_report",
    "live_problems",
    "metadata_changes",
    "not_found",
    "subscribers:index",
    "wagtailadmin_reports:aging_pages",
    "wagtailadmin_reports:locked_pages",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:workflow_tasks",
    "wagtailredirects:index",
    "crawlers",
    "links_report",
    "reach_report",
    "review_report",
    "useful_report",
    "written_report",
}


@pytest.fixture
def admin(log_in, home):
    """An administrator of a site in which every name is a formula."""
    client = log_in(None)
    admin_content.fill(home, client, client.user)
    lock = {"locked": True, "locked_by": client.user, "locked_at": timezone.now()}
    Page.objects.update(title=FORMULA, draft_title=FORMULA, **lock)
    Page.objects.filter(depth=3).update(expire_at=timezone.now() + timedelta(days=9))
    PageLogEntry.objects.update(label=FORMULA)
    LiveProblem.objects.create(page=home, code="placeholder")
    Redirect.objects.update(old_path=FORMULA, redirect_link=FORMULA)
    NotFoundAddress.objects.update(path=FORMULA)
    Link.objects.update(words=FORMULA)
    Workflow.objects.update(name=FORMULA)
    Task.objects.update(name=FORMULA)
    Subscriber.objects.update(email=FORMULA)
    User.objects.filter(pk=client.user.pk).update(username=FORMULA, first_name=FORMULA)
    return client


def exports():
    """Yield the path of everything that answers with a spreadsheet when asked to."""
    for address in admin_addresses.addresses():
        if address.name == "wagtailadmin_error_test":
            continue
        for arguments in admin_addresses.arguments(address):
            yield address.name, address.path(arguments)
            break


def rows(response):
    return list(csv.reader(io.StringIO(response.getvalue().decode(), newline="")))


@pytest.mark.one_database
def test_every_export_shows_formulas_as_text(admin):
    found = set()

    for name, path in exports():
        response = admin.get(path, {"export": "csv"})
        if not response.headers.get("Content-Type", "").startswith("text/csv"):
            continue
        cells = [cell for row in rows(response) for cell in row]
        if not cells:
            continue
        sheet = load_workbook(
            io.BytesIO(admin.get(path, {"export": "xlsx"}).getvalue())
        ).active
        found.add(name.removesuffix("_results"))

        assert not [cell for cell in cells if cell.startswith(STARTS)], path
        assert f"'{FORMULA}" in cells, path
        values = [cell for row in sheet.iter_rows() for cell in row]
        assert not [cell for cell in values if cell.data_type == "f"], path
        assert "=cmd()\N{REPLACEMENT CHARACTER}" in [cell.value for cell in values]

    assert found == EXPORTS


def test_numbers_stay_numbers():
    view, output = SpreadsheetExportMixin(), io.BytesIO()
    view.list_export = ["change"]
    items = [SimpleNamespace(change=-5)]

    lines = b"".join(view.stream_csv(items)).decode().splitlines()
    view.write_xlsx(items, output)

    assert lines == ["change", "-5"]
    assert load_workbook(output).active["A2"].value == -5


@pytest.mark.parametrize("start", STARTS)
def test_a_text_that_begins_like_a_formula_is_marked_as_text(start):
    assert inert_in_csv(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("cell", [-5, -1.5, Decimal(-2), None, "5", "a=b", "", "'="])
def test_anything_else_is_left_as_it_is(cell):
    assert inert_in_csv(cell) is cell


def test_tabs_and_line_ends_stay_in_a_cell():
    assert printable("a\tb\r\nc\x00\x1f") == "a\tb\r\nc��"
    assert printable(-5) == -5
