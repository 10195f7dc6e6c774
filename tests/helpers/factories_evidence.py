"""References for tests, and pages that cite them."""

import json

import factory

from evidence.models import Reference
from tests.helpers.factories import ArticlePageFactory


class ReferenceFactory(factory.django.DjangoModelFactory):
    title = factory.Sequence(lambda n: f"Study {n}")
    authors = [{"family": "Petrou", "given": "Panayiota"}]
    container_title = "Brain"
    issued_year = 2020

    class Meta:
        model = Reference


def citation(reference, locator=""):
    """Rich text as it is stored, citing ``reference`` (or its id)."""
    pk = getattr(reference, "pk", reference)
    return f'<embed embedtype="citation" id="{pk}" locator="{locator}"/>'


def article(index, *blocks, **fields):
    """An article of (name, value) blocks, their values given as they are stored."""
    body = [{"type": name, "value": value} for name, value in blocks]
    return ArticlePageFactory(parent=index, body=json.dumps(body), **fields)


def paragraph(*citations):
    """A paragraph with ``citations`` among its words."""
    return ("paragraph", "<p>Words " + " words ".join(citations) + " end.</p>")


def everywhere(pks):
    """Blocks that cite ``pks`` (twelve, or a multiple) in every kind of place."""
    for start in range(0, len(pks), 12):
        some = [citation(pk) for pk in pks[start : start + 12]]
        texts = [
            f"<p>{a} x {b}</p>" for a, b in zip(some[::2], some[1::2], strict=True)
        ]
        yield "paragraph", texts[0]
        yield "spoken_quotation", {"text": texts[1], "speaker": "Ada"}
        yield "callout", {"kind": "note", "heading": "", "text": texts[2]}
        yield "questions", {"items": [{"question": "Why?", "answer": texts[3]}]}
        yield "list", {"kind": "bullets", "items": [texts[4]]}
        columns = [{"type": "text", "heading": "A"}]
        table = {"columns": columns, "rows": [{"values": [texts[5]]}], "caption": ""}
        yield "comparison", {"table": table}
