"""The first pass: collects ids from stored data, and fetches the records."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model
from wagtail import blocks
from wagtail.models import Site

from core.prefetch.records import Records
from core.prefetch.sources import Relation, fetch, ids_in_text, source_of


class Collected:
    """Fetched records, with the places that refer to them.

    Attributes:
        records: Everything that was found.
        relations: The foreign keys to fill in from it.
        streams: The streams of fetched records, to be read with it.
    """

    def __init__(self, records: Records | None = None) -> None:
        self.records = Records() if records is None else records
        self.relations: list[Relation] = []
        self.streams: list[Any] = []
        self._wanted: defaultdict[type[Model], set[int]] = defaultdict(set)

    def fetch(self, site: Site | None) -> None:
        """Fetch the wanted records, and those they refer to, with one query a model."""
        while missing := self._missing():
            model = _next(missing)
            source = source_of(model)
            found = fetch(model, missing[model], site)
            self.records.add(model, missing[model], found)
            for record in found.values():
                self.want_relations(source.relations(record))
                for stream in source.streams(record):
                    self.streams.append(stream)
                    self.want_choices(stream.stream_block, stream.raw_data)

    def want_relations(self, relations: Iterable[Relation]) -> None:
        """Want the records that foreign keys refer to."""
        for record, name in relations:
            self.relations.append((record, name))
            field = record._meta.get_field(name)
            self._want(field.related_model, getattr(record, field.attname))

    def want_choices(self, block: Any, raw: Any) -> None:
        """Want the records that ``raw``, the stored value of ``block``, refers to."""
        if not raw:
            return
        if isinstance(block, blocks.ChooserBlock):
            self._want(block.model_class, raw)
        elif isinstance(block, blocks.RichTextBlock):
            self._want_text(str(raw))
        elif isinstance(raw, str | int):
            return  # as most are: nothing within
        elif isinstance(raw, dict) and "rows" in raw:
            self._want_text(str(raw["rows"]))  # a table
        else:
            for child, value in _children(block, raw):
                self.want_choices(child, value)

    def _want(self, model: type[Model], pk: Any) -> None:
        if isinstance(pk, int):
            self._wanted[model].add(pk)

    def _want_text(self, text: str) -> None:
        for model, pk in ids_in_text(text):
            self._want(model, pk)

    def _missing(self) -> dict[type[Model], set[int]]:
        missing = {
            model: {pk for pk in pks if not self.records.has(model, [pk])}
            for model, pks in self._wanted.items()
        }
        return {model: pks for model, pks in missing.items() if pks}


def _children(block: Any, raw: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the blocks within ``block``, each with its part of the stored data."""
    if isinstance(block, blocks.StreamBlock):
        yield from ((block.child_blocks.get(c["type"]), c["value"]) for c in raw)
    elif isinstance(block, blocks.ListBlock):
        yield from ((block.child_block, _item(item)) for item in raw)
    elif isinstance(block, blocks.StructBlock) and isinstance(raw, dict):
        yield from (
            (child, raw.get(name)) for name, child in block.child_blocks.items()
        )


def _item(item: Any) -> Any:
    """Return the value of a list's item, in its old and its new form."""
    return item["value"] if isinstance(item, dict) and "value" in item else item


def _next(missing: Iterable[type[Model]]) -> type[Model]:
    """Return a model that no waiting model refers to, so that it is queried once."""
    models = list(missing)
    for model in models:
        others = (source_of(other) for other in models if other is not model)
        if not any(model in other.refers_to for other in others):
            return model
    return models[0]  # a circle: one of them is asked twice
