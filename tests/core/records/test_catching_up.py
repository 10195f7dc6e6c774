"""What was published a moment ago is asked about, before a worker has seen it."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from core.records import catching_up
from core.records.printing import pages_printing
from evidence.models import Reference
from tests.helpers.factories import ArticleIndexPageFactory
from tests.helpers.factories_evidence import (
    ReferenceFactory,
    article,
    citation,
    paragraph,
)
from tests.helpers.worker import queue  # noqa: F401  (a fixture)

from .test_printed_records import EDIT, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits", "queue")]


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def reference(index):
    return ReferenceFactory(title="Walking in MS")


@pytest.fixture
def page(index, reference):
    return article(index, paragraph(citation(reference)), title="How to walk")


def edit(client, reference):
    url = reverse(EDIT, args=[reference.pk])
    answer = client.post(url, typed(title="Running in MS"))
    return BeautifulSoup(answer.content, "html.parser").text


def test_its_page_is_named_though_no_worker_has_read_it(page, reference, admin_client):
    assert "How to walk" in edit(admin_client, reference)
    assert Reference.objects.get().title == "Walking in MS"


def test_a_page_that_prints_it_no_more_is_not_named(page, reference):
    assert pages_printing([reference]) == [page.page_ptr]
    draft = page.get_latest_revision_as_object()
    draft.body = []
    draft.save_revision().publish()

    assert pages_printing([reference]) == []


def test_what_was_deleted_since_stops_nothing(page, reference):
    page.delete()

    assert pages_printing([reference]) == []


def test_while_too_much_waits_nothing_is_saved_and_it_is_said(
    page, reference, admin_client, monkeypatch
):
    monkeypatch.setattr(catching_up, "_MOST_AT_ONCE", 0)

    assert "it is not known yet which pages print this" in edit(admin_client, reference)
    assert Reference.objects.get().title == "Walking in MS"

    DBTaskResult.objects.all().delete()
    assert "Pages that change" not in edit(admin_client, reference)
    assert Reference.objects.get().title == "Running in MS"
