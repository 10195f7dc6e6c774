"""Which works two versions of a page cite, and for which sentences."""

import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from evidence.models import Reference
from evidence.rules.sentences import sentences

# A sentence that shares as much with another is the same one, reworded.
_REWORDED = 0.6
_LONGEST = 600  # characters that are compared
_BEFORE_A_STOP = re.compile(r"\s+(?=[.,;:!?])")  # where the citation stood


class Difference(NamedTuple):
    """One work that two versions do not cite for the same sentences.

    Args:
        work: The `Reference`.
        kind: ``added``, ``dropped``, ``moved``, ``further`` (cited once more),
            ``fewer`` (in one place less) or ``reworded`` (its sentence has changed).
        before: The sentences that cited it and do so no more.
        after: The sentences that cite it now and did not.
    """

    work: Reference
    kind: str
    before: list[str]
    after: list[str]


def differences(live: Any, draft: Any) -> list[Difference]:
    """Return how the works cited in ``draft`` differ from those in ``live``.

    In the order in which the draft cites them; what it has dropped comes last.
    """
    cited = _citing(live), _citing(draft)
    works = Reference.objects.in_bulk({pk for citing in cited for pk in citing})
    before, after = (_as_today(citing, works) for citing in cited)
    found = []
    for pk in dict.fromkeys([*after, *before]):
        gone = _without(before.get(pk, []), after.get(pk, []))
        new = _without(after.get(pk, []), before.get(pk, []))
        if gone or new:
            kind = _kind(gone, new, is_new=pk not in before, is_gone=pk not in after)
            found.append(Difference(works[pk], kind, gone, new))
    return found


def _citing(page: Any) -> dict[int, list[str]]:
    citing: dict[int, list[str]] = defaultdict(list)
    for sentence in sentences(page):
        for pk in dict.fromkeys(sentence.works):
            citing[pk].append(_BEFORE_A_STOP.sub("", sentence.text))
    return citing


def _as_today(
    citing: dict[int, list[str]], works: dict[int, Reference]
) -> dict[int, list[str]]:
    """Return what cites each work that there is, those that were merged as one."""
    found: dict[int, list[str]] = defaultdict(list)
    for pk, texts in citing.items():
        if pk in works:
            found[works[pk].pk] += texts
    return found


def _without(these: list[str], those: list[str]) -> list[str]:
    return [text for text in dict.fromkeys(these) if text not in those]


def _kind(gone: list[str], new: list[str], *, is_new: bool, is_gone: bool) -> str:
    if is_new or is_gone:
        return "added" if is_new else "dropped"
    if not (gone and new):
        return "further" if new else "fewer"
    return "reworded" if all(_reworded(gone, new)) else "moved"


def _reworded(gone: list[str], new: list[str]) -> Iterator[bool]:
    """Yield of each new sentence whether it was one of those that are gone."""
    for text in new:
        yield any(
            SequenceMatcher(None, text[:_LONGEST], each[:_LONGEST]).ratio() > _REWORDED
            for each in gone
        )
