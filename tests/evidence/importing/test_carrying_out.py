"""An import is carried out whole or not at all, and leaves the same traces."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry
from wagtail.search.backends import get_search_backend

from core.importing.changed import Changed
from evidence.formats import detect
from evidence.formats.records import Draft
from evidence.importing import carrying_out
from evidence.importing.carrying_out import CHUNK, carry_out
from evidence.importing.plan import plan
from evidence.models import Reference
from tests.helpers import reference_corpus
from tests.helpers.factories import UserFactory
from tests.helpers.factories_evidence import ReferenceFactory

pytestmark = pytest.mark.django_db


def rows_of(size, start=0):
    records = detect.read(reference_corpus.file("RIS", start + size)).records
    return plan(records[start:])


def finish(work):
    """Do all of it; what it returns."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def test_stores_all_that_is_ticked_and_counts():
    ReferenceFactory(doi="10.1000/a", volume="", title="A")
    rows = plan(
        [
            Draft(1, {"title": "New"}),
            Draft(2, {"title": "Left out"}),
            Draft(3, {"title": "A", "doi": "10.1000/a", "volume": "7"}),
            Draft(4, {"title": "New"}),
        ]
    )

    result = finish(carry_out(rows, left_out=[1]))

    assert result == {"create": 1, "update": 1, "match": 1, "refuse": 0, "left_out": 1}
    assert Reference.objects.filter(title="New").count() == 1
    assert Reference.objects.get(doi="10.1000/a").volume == "7"


def test_overwrites_only_what_is_ticked():
    for number in (1, 2):
        ReferenceFactory(doi=f"10.1000/{number}", title="A")
    rows = plan(
        [Draft(n, {"title": "B", "doi": f"10.1000/{n}", "volume": "7"}) for n in (1, 2)]
    )

    finish(carry_out(rows, overwritten=[1]))

    assert list(Reference.objects.order_by("pk").values_list("title", "volume")) == [
        ("A", "7"),
        ("B", "7"),
    ]


def test_overwriting_counts_where_nothing_is_blank():
    ReferenceFactory(doi="10.1000/1", title="A")
    rows = plan([Draft(1, {"title": "B", "doi": "10.1000/1"})])

    assert finish(carry_out(rows))["update"] == 0
    assert finish(carry_out(rows, overwritten=[0]))["update"] == 1
    assert Reference.objects.get().title == "B"


def test_says_how_far_it_is():
    assert list(carry_out(rows_of(CHUNK + 1))) == [
        (0, CHUNK + 1),
        (CHUNK, CHUNK + 1),
        (CHUNK + 1, CHUNK + 1),
    ]


def test_is_logged_and_found():
    user = UserFactory()

    finish(carry_out(rows_of(3), user=user))

    entries = ModelLogEntry.objects.filter(action="wagtail.create")
    assert {entry.object_id for entry in entries} == {
        str(pk) for pk in Reference.objects.values_list("pk", flat=True)
    }
    assert {entry.user for entry in entries} == {user}
    assert entries.values("uuid").distinct().count() == 1
    reference = Reference.objects.order_by("pk").last()
    assert list(get_search_backend().search("treatment 2 of", Reference)) == [reference]


class TestCancelling:
    @pytest.mark.django_db(transaction=True)
    def test_leaves_nothing_behind(self):
        work = carry_out(rows_of(CHUNK * 2))
        next(work)
        next(work)
        assert Reference.objects.count() == CHUNK

        work.close()

        assert not Reference.objects.exists()
        assert not ModelLogEntry.objects.exists()

    def test_a_failure_on_the_way_leaves_nothing_behind(self, monkeypatch):
        seen = []

        def fail(references):
            seen.append(references)
            if len(seen) > 3:
                raise RuntimeError

        monkeypatch.setattr(carrying_out, "_index", fail)

        with pytest.raises(RuntimeError):
            finish(carry_out(rows_of(CHUNK * 2)))

        assert not Reference.objects.exists()


class TestAChangedLibrary:
    def test_is_planned_again_and_nothing_is_stored(self):
        rows = rows_of(3)
        ReferenceFactory(doi=rows[1].fields["doi"])

        with pytest.raises(Changed) as changed:
            finish(carry_out(rows))

        assert changed.value.count == 1
        assert [row.action for row in changed.value.rows] == [
            "create",
            "update",
            "create",
        ]
        assert Reference.objects.count() == 1

    def test_does_not_matter_where_it_is_not_ticked(self):
        rows = rows_of(3)
        ReferenceFactory(doi=rows[1].fields["doi"])

        assert finish(carry_out(rows, left_out=[1]))["create"] == 2

    def test_is_noticed_while_writing_too(self, monkeypatch):
        rows = rows_of(3)
        ReferenceFactory(doi=rows[1].fields["doi"])
        monkeypatch.setattr(carrying_out, "_look_again", lambda *args: None)

        with pytest.raises(Changed) as changed:
            finish(carry_out(rows))

        assert changed.value.count == 1
        assert Reference.objects.count() == 1


def test_each_chunk_takes_the_same_queries():
    counts = []
    for start, chunks in ((0, 1), (1000, 2), (2000, 3)):
        rows = rows_of(CHUNK * chunks, start)
        with CaptureQueriesContext(connection) as queries:
            finish(carry_out(rows))
        counts.append(len(queries))

    assert counts[2] - counts[1] == counts[1] - counts[0]
