"""What the gate asks of headings."""

from collections.abc import Iterator
from typing import Any

from core.blocks.text import HeadingBlock
from core.gate import Level, Problem, register
from core.rules import problem_at
from core.walk import Place, walk

LONGEST_TITLE = 100  # characters: two lines of a title on a wide screen
LONGEST_HEADING = 120


def headings(page: Any) -> Iterator[tuple[Place, str]]:
    """Yield every heading of ``page`` with its words: heading blocks, and those within.

    Only a heading block may turn up empty; other blocks do without.
    """
    for place in walk(page):
        if isinstance(place.block, HeadingBlock):
            yield place, (place.value["text"] or "").strip()
        elif place.name == "heading" and isinstance(place.value, str) and place.value:
            yield place, place.value.strip()


@register
class SkippedHeadingLevel:
    """A reader who goes from heading to heading thinks something is missing."""

    code = "skipped-heading-level"
    title = "Skipped heading level"
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        field, previous = "", 1
        for place in walk(page):
            if not isinstance(place.block, HeadingBlock):
                continue
            if place.field != field:
                field, previous = place.field, 1
            level = int(place.value["level"])
            if level > previous + 1:
                yield problem_at(
                    place,
                    self,
                    f"The heading “{place.value['text']}” skips a level. Make it a "
                    "section heading, or put one above it.",
                )
            previous = level


@register
class UnclearHeading:
    """A heading is read at a glance, by eye or by ear."""

    code = "unclear-heading"
    title = "Heading that is hard to read"
    level: Level = "suggest"

    def problems(self, page: Any) -> Iterator[Problem]:
        title = page.title.strip()
        if len(title) > LONGEST_TITLE:
            sentence = (
                f"The title has {len(title)} characters. Cut it to {LONGEST_TITLE} or "
                "fewer, and leave the rest to the text beneath it."
            )
            yield Problem(self.code, self.level, sentence, "title")
        elif _is_shouted(title):
            yield Problem(self.code, self.level, _calmly("title", title), "title")
        for place, words in headings(page):
            if not words:
                sentence = "This heading is empty. Give it words, or delete it."
            elif len(words) > LONGEST_HEADING:
                sentence = (
                    f"The heading “{words[:40]}…” has {len(words)} characters. Cut it "
                    "to what the section is about, and say the rest in the text."
                )
            elif _is_shouted(words):
                sentence = _calmly("heading", words)
            else:
                continue
            yield problem_at(place, self, sentence)


def _is_shouted(words: str) -> bool:
    """Tell whether ``words`` are in capitals; a short name such as “MRI” may be."""
    many = words.split()
    return words.isupper() and (len(many) > 2 or max(map(len, many)) > 5)


def _calmly(what: str, words: str) -> str:
    return (
        f"The {what} “{words}” is in capitals, which are slow to read and sometimes "
        "read out letter by letter. Write it as in a sentence."
    )


@register
class RepeatedHeading:
    """In a list of headings, two of the same cannot be told apart."""

    code = "repeated-heading"
    title = "Heading used twice"
    level: Level = "suggest"

    def problems(self, page: Any) -> Iterator[Problem]:
        seen: set[str] = set()
        for place, words in headings(page):
            folded = " ".join(words.casefold().split())
            if folded and folded in seen:
                yield problem_at(
                    place,
                    self,
                    f"The heading “{words}” stands on this page twice. Say in each "
                    "what its own section is about.",
                )
            seen.add(folded)
