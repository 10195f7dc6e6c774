"""What is remembered of a citation style, around methods of citeproc-py."""

from collections import Counter
from functools import cache

import pytest
from citeproc.model import CitationStylesElement

from evidence.bibliography import styles
from evidence.models import Reference

CROWD = [{"family": f"Author{letter}", "given": letter} for letter in "ABCDEFG"]


def entry(title):
    reference = Reference(title=title, authors=CROWD, container_title="JAMA")
    return styles.entry(reference, "ama")


@pytest.fixture
def searched(monkeypatch):
    """What citeproc-py looks for in a style that is read anew, and how often."""
    asked = Counter()
    search = CitationStylesElement.xpath_search

    def count(element, expression):
        asked[element, expression] += 1
        return search(element, expression)

    monkeypatch.setattr(CitationStylesElement, "xpath_search", count)
    monkeypatch.setattr(styles, "_style", cache(styles._style.__wrapped__))
    return asked


def test_a_style_is_searched_for_its_first_entry_only(searched):
    entry("Walking")
    first = searched.total()

    entry("Running")

    assert searched.total() - first < first / 10


@pytest.mark.parametrize("name", ["xpath_search", "calls_variable"])
def test_each_method_that_is_remembered_is_asked_again(name):
    entry("Walking")
    elements = map(vars, styles._style("ama").kept)
    methods = [element[name] for element in elements if name in element]

    assert sum(method.cache_info().hits for method in methods) > 0


def test_citeproc_remembers_nothing_by_itself(searched, monkeypatch):
    """Once this fails, a newer citeproc-py does, and our own cache can go."""
    monkeypatch.setattr(styles, "_quickened", lambda style: [])

    entry("Walking")

    assert max(searched.values()) > 1
