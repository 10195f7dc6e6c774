"""Lists as rich text can number them."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from articles.importing.reading.document import (
    Break,
    Figure,
    Inline,
    Item,
    Items,
    Paragraph,
    Part,
    Text,
)

Note = Callable[[int, str, str], None]
# More than these between two points are no part of a list.
_BETWEEN = 4


def joined(parts: Iterable[Part], note: Note) -> list[Part]:
    """Return parts with the numbered lists whole that a file goes on with.

    Paragraphs between two points belong to the first of them; pictures follow the list.
    """
    made: list[Part] = []
    begun: Items | None = None
    between: list[Part] = []
    for part in parts:
        if begun and isinstance(part, Paragraph | Figure) and len(between) < _BETWEEN:
            between.append(part)
            continue
        if begun and isinstance(part, Items) and part.start == _next(begun):
            _go_on(begun, between, part, note)
            between = [one for one in between if isinstance(one, Figure)]
            continue
        made += between
        between = []
        begun = part if isinstance(part, Items) and _is_numbered(part) else None
        made.append(part)
    return made + between


def _is_numbered(part: Items) -> bool:
    return bool(part.items) and part.items[0].ordered


def _next(part: Items) -> int:
    return part.start + sum(not item.depth for item in part.items)


def _go_on(begun: Items, between: list[Part], part: Items, note: Note) -> None:
    """Add to a list what stands between, and the points of the list behind it."""
    last = next(item for item in reversed(begun.items) if not item.depth)
    for one in between:
        if isinstance(one, Paragraph):
            last.words = [*_without_end(last.words), Break(), *one.words]
        elif isinstance(one, Figure):
            sentence = _("The picture stands behind the list that it was in.")
            note(one.line, one.src, sentence)
    begun.items += part.items


def within_numbers(part: Items, note: Note) -> list[Item]:
    """Return the points of a list; bullets within a numbered one become its lines.

    The editor stores them so that the numbers would begin anew behind the bullets.
    """
    kept: list[Item] = []
    counts: list[int] = []
    folded_at = 0
    for item in part.items:
        above = [point for point in kept if point.depth < item.depth]
        inside = above[-1] if above else None
        is_folded = bool(folded_at) and item.depth >= folded_at
        if inside and (is_folded or (inside.ordered and not item.ordered)):
            if not folded_at:
                sentence = _(
                    "Bullets within numbered points have become lines of these points."
                )
                note(item.line, "", sentence)
            folded_at = min(folded_at or item.depth, item.depth)
            counts = counts[: item.depth + 1]
            counts += [0] * (item.depth + 1 - len(counts))
            counts[item.depth] += 1
            mark = f"{counts[item.depth]}. " if item.ordered else "\N{EN DASH} "
            words = _without_end(inside.words)
            inside.words = [*words, Break(), Text(mark, item.line), *item.words]
        else:
            folded_at, counts = 0, []
            kept.append(Item(item.words, item.line, item.depth, item.ordered))
    return kept


def _without_end(words: Inline) -> Inline:
    """Return words without the end of the line behind them."""
    last = words[-1] if words else None
    if isinstance(last, Text):
        return [*words[:-1], Text(last.text.rstrip(), last.line)]
    return words
