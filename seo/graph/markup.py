"""Additional markup of the organisation: JSON that staff type, checked at the field.

What was stored before the check, or by other ways, is checked again when a graph is
made: a property that is wrong is left out, and nothing else is.
"""

import json
import math
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from seo.graph import words
from seo.graph.checking import as_list, foreign, mistakes_of, types_of
from seo.graph.vocabulary import Node, without_controls

LONGEST = 10_000  # characters
DEEPEST = 6  # objects and lists within one another

# A business may not rate itself, and identity is not for typing.
REFUSED_PROPERTIES = frozenset(
    {"@context", "@graph", "@reverse", "aggregateRating", "review", "reviews"}
)
_REFUSED_TYPES = frozenset({"AggregateRating", "Rating", "Review", "SearchAction"})
# Facts of the record, which a second value would contradict.
OF_THE_RECORD = frozenset(
    {"@id", "name", "legalName", "url", "telephone", "email", "logo", "sameAs"}
)


class MarkupError(ValueError):
    """What is wrong with markup, a sentence each."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(*sentences)
        self.sentences = sentences


def parsed(text: str) -> Node:
    """Return the object that ``text`` is in strict JSON, {} for blank text.

    Raises:
        MarkupError: It is no object, too long, too deep, or says something twice.
    """
    if not text.strip():
        return {}
    if len(text) > LONGEST:
        raise MarkupError(
            [
                _("This is too long: {longest} characters are enough.").format(
                    longest=LONGEST
                )
            ]
        )
    try:
        found = json.loads(
            text,
            parse_constant=_refuse_number,
            parse_float=_finite,
            object_pairs_hook=_each_once,
        )
        depth = _depth(found)
    except MarkupError:
        raise
    except RecursionError:
        depth, found = DEEPEST + 1, {}
    except ValueError as error:
        raise MarkupError(
            [_("This is not valid JSON: {error}.").format(error=error)]
        ) from error
    if depth > DEEPEST:
        raise MarkupError(
            [
                _(
                    "This is too deep: at most {deepest} levels within one another."
                ).format(deepest=DEEPEST)
            ]
        )
    if not isinstance(found, dict):
        raise MarkupError([_('Write an object: {"property": "value"}.')])
    cleaned: Node = without_controls(found)
    return cleaned


def _finite(text: str) -> float:
    """Return a number; one too large for a computer would be printed ``Infinity``."""
    number = float(text)
    if not math.isfinite(number):
        _refuse_number(text)
    return number


def _refuse_number(name: str) -> None:
    raise MarkupError(
        [
            _(
                "{name} is no number that JSON knows: the description of every page "
                "would be unreadable."
            ).format(name=name)
        ]
    )


def _each_once(pairs: list[tuple[str, Any]]) -> Node:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise MarkupError([_("“{name}” is said twice.").format(name=twice)])
    return found


def _depth(value: Any) -> int:
    within = list(value.values()) if isinstance(value, dict) else value
    if not isinstance(within, list):
        return 0
    return 1 + max(map(_depth, within), default=0)


def problems(markup: Node, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each property that is wrong, with a sentence.

    Args:
        markup: What `parsed` returned.
        kind: The organisation's type.
    """
    also = [each for each in types_of(markup) if words.is_type(each)]
    organisations = [each for each in also if "Organization" in words.kinds(each)]
    for value in as_list(markup.get("@type")):
        if value not in organisations:
            yield (
                "@type",
                _("“{kind}” is no type of organisation.").format(kind=value),
            )
    for name, value in markup.items():
        if name == "@type":
            continue
        if name in OF_THE_RECORD:
            yield name, _("“{name}” is filled in above.").format(name=name)
        elif name.startswith("@") or name in REFUSED_PROPERTIES:
            yield name, _("“{name}” may not be set here.").format(name=name)
        else:
            found = [
                *_refused(value, name),
                *mistakes_of([kind, *organisations], name, value, ""),
            ]
            yield from ((name, sentence) for sentence in dict.fromkeys(found))


def _refused(value: Any, place: str) -> Iterator[str]:
    """Yield what is refused at any depth, whatever the vocabulary allows."""
    if isinstance(value, list):
        for item in value:
            yield from _refused(item, place)
    elif isinstance(value, dict):
        for name in sorted(REFUSED_PROPERTIES & set(value)):
            yield _("“{name}” may not be set here.").format(name=f"{place}.{name}")
        for name in sorted(_REFUSED_TYPES & set(types_of(value))):
            yield _("“{name}” may not be set here.").format(name=f"{place}: {name}")
        for name, child in value.items():
            yield from _refused(child, f"{place}.{name}")
    elif isinstance(value, str) and foreign(value) and _is_address(place):
        yield _(
            "“{name}”: only addresses with http:// or https:// are printed."
        ).format(name=place)


def _is_address(place: str) -> bool:
    name = place.rpartition(".")[2]
    if name.startswith("@"):
        return name == "@id"
    return not words.is_property(name) or "URL" in words.taken_by(name)


@lru_cache(maxsize=64)
def _usable(text: str, kind: str) -> str:
    """Return as JSON what of stored markup may be printed."""
    try:
        markup = parsed(text)
    except MarkupError:
        return "{}"
    wrong = {name for name, _sentence in problems(markup, kind)}
    kept = {name: value for name, value in markup.items() if name not in wrong}
    return json.dumps(kept, allow_nan=False)


def extra_properties(text: str, kind: str) -> Node:
    """Return the properties of stored markup, without those that are wrong."""
    found: Node = json.loads(_usable(text, kind))
    return found
