"""A library of 20,000 references opens like one of 100."""

import re

import pytest
from django.db import connection
from django.db.models.signals import post_init
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.search.backends import get_search_backend

from evidence.library.title_keys import comparable
from evidence.models import Reference
from evidence.vocabulary import Design, Species, Status, Type
from tests.helpers.factories import ArticleIndexPageFactory
from tests.helpers.factories_evidence import article, citation, paragraph

FEW, MANY = 400, 20_000
# More than any page lists; the rest is what these pages name besides.
AT_A_TIME = 150
FOUND = 60  # of each search

# What a page may ask of the library: a part, a number, or records by their keys.
PART = re.compile(r" LIMIT \d|COUNT\(|_id\"? (=|IN) |\"id\" (=|IN) |title_key\" IN ")


def works(begin, end):
    for number in range(begin, end):
        # Every fiftieth is another record of the work before it.
        title = f"Study {number - (number % 50 == 49)}"
        yield Reference(
            title=title,
            title_key=comparable(title),
            authors=[{"family": "Sought" if number < FOUND else "Petrou"}],
            csl_type=Type.values[number % len(Type.values)],
            study_design=Design.values[number % len(Design.values)],
            species=Species.values[number % len(Species.values)],
            status=Status.values[number % len(Status.values)],
            issued_year=1990 + number // 2 % 30,
            doi=f"10.1000/{number}" if number % 2 else "",
        )


def enlarge(begin, end):
    created = Reference.objects.bulk_create(works(begin, end), batch_size=1000)
    get_search_backend().add_bulk(Reference, created[:FOUND])
    return created


def snippet(name, *args):
    return reverse(f"wagtailsnippets_evidence_reference:{name}", args=args)


def pages(first, twins):
    """Every page that an editor opens of the library, by what it is."""
    choose, cite = reverse("reference_chooser:choose"), {"cite": 1}
    results = reverse("reference_chooser:choose_results")
    chosen = reverse("reference_chooser:chosen", args=[first.pk])
    merging = reverse("wagtail_bulk_action", args=["evidence", "reference", "merge"])
    return {
        "list": (snippet("list"), {}),
        "its seventh page": (snippet("list"), {"p": 7}),
        "by type": (snippet("list"), {"csl_type": Type.BOOK}),
        "by design": (snippet("list"), {"study_design": Design.TRIAL}),
        "by species": (snippet("list"), {"species": Species.HUMAN}),
        "by status": (snippet("list"), {"status": Status.RETRACTED}),
        "by year": (snippet("list"), {"issued_year": 2001}),
        "by journal": (snippet("list"), {"ordering": "container_title"}),
        "search": (snippet("list"), {"q": "Sought"}),
        "results": (snippet("list_results"), {"q": "Sought", "p": 2}),
        "usage": (snippet("usage", first.pk), {}),
        "form": (snippet("edit", first.pk), {}),
        "history": (snippet("history", first.pk), {}),
        "duplicates": (reverse("reference_duplicates"), {}),
        "more duplicates": (reverse("reference_duplicates"), {"p": 2}),
        "merge": (merging, {"id": [twin.pk for twin in twins]}),
        "chooser": (choose, {}),
        "chooser's results": (results, {"p": 3}),
        "chooser's search": (results, {"q": "Sought"}),
        "chosen": (chosen, {}),
        "citing": (choose, cite),
        "citing's results": (results, {"p": 3, **cite}),
        "citing's search": (results, {"q": "Sought", **cite}),
        "cited": (chosen, cite),
    }


def opened(client, url, data):
    """Open a page; its queries, and how many records were made of their answers."""
    made = []

    def count(**kwargs):
        made.append(kwargs["instance"].pk)

    post_init.connect(count, sender=Reference)
    try:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url, data)
    finally:
        post_init.disconnect(count, sender=Reference)
    assert response.status_code == 200, url
    return [query["sql"] for query in queries], len(made), response


@pytest.mark.django_db
def test_every_page_of_20000_takes_the_queries_and_the_records_of_400(
    home, log_in, django_capture_on_commit_callbacks
):
    editor = log_in("Editors")
    created = enlarge(0, FEW)
    first, twins = created[0], created[48:50]
    with django_capture_on_commit_callbacks(execute=True):
        index = ArticleIndexPageFactory(parent=home)
        cited = citation(first), citation(created[58])  # a newer one beside the old
        article(index, *map(paragraph, cited), title="Where it is cited")
    few = {}
    for name, page in pages(first, twins).items():
        editor.get(*page)  # fills the caches
        few[name] = len(opened(editor, *page)[0])

    enlarge(FEW, MANY)

    assert Reference.objects.count() == MANY
    for name, page in pages(first, twins).items():
        queries, made, response = opened(editor, *page)
        asked = [sql for sql in queries if 'FROM "evidence_reference"' in sql]
        assert (name, len(queries)) == (name, few[name]), queries
        assert made <= AT_A_TIME, name
        assert [sql for sql in asked if not PART.search(sql)] == [], name
        if name in {"list", "its seventh page", "by type"}:
            assert made == 50, name
        if name == "search":
            assert response.context["page_obj"].paginator.count == FOUND
        if name == "usage":
            assert "Where it is cited" in response.content.decode()
        if name == "duplicates":
            assert response.content.decode().count("Merge these") == 50
            assert response.context["page_obj"].paginator.count == MANY // 50
