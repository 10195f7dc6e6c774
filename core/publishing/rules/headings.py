"""Publishing rules for headings."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core.blocks.text import HeadingBlock
from core.prefetch.walk import Place, walk
from core.publishing.gate import Level, Problem, register
from core.publishing.rules import problem_at

LONGEST_TITLE = 100  # characters: two lines of a title on a wide screen
LONGEST_HEADING = 120


def headings(page: Any) -> Iterator[tuple[Place, str]]:
    """Yield every heading of ``page`` with its text, nested ones included.

    Only a heading block may turn up empty; other blocks do without.
    """
    for place in walk(page):
        if isinstance(place.block, HeadingBlock):
            yield place, (place.value["text"] or "").strip()
        elif place.name == "heading" and isinstance(place.value, str) and place.value:
            yield place, place.value.strip()


@register
class SkippedHeadingLevel:
    """Refuses a skipped level, which sounds like missing text to screen readers."""

    code = "skipped-heading-level"
    title = _("Skipped heading level")
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        field, previous = "", 1
        for place in walk(page):
            if getattr(place.block.meta, "is_page", False):
                previous = 1
            if not isinstance(place.block, HeadingBlock):
                continue
            if place.field != field:
                field, previous = place.field, 1
            # In a draft, the level may not be chosen yet.
            level = int(place.value.get("level") or previous)
            if level > previous + 1:
                yield problem_at(
                    place,
                    self,
                    gettext(
                        "The heading “{words}” skips a level. Make it a section "
                        "heading, or put one above it."
                    ).format(words=place.value["text"]),
                )
            previous = level


@register
class UnclearHeading:
    """Suggests short headings in sentence case."""

    code = "unclear-heading"
    title = _("Heading that is hard to read")
    level: Level = "suggest"

    def problems(self, page: Any) -> Iterator[Problem]:
        title = page.title.strip()
        if len(title) > LONGEST_TITLE:
            yield Problem(self.code, self.level, _shorter_title(title), "title")
        elif _is_shouted(title):
            sentence = gettext(
                "The title “{words}” is in capitals, which are slow to read and "
                "sometimes read out letter by letter. Write it as in a sentence."
            ).format(words=title)
            yield Problem(self.code, self.level, sentence, "title")
        for place, words in headings(page):
            if not words:
                sentence = gettext(
                    "This heading is empty. Give it words, or delete it."
                )
            elif len(words) > LONGEST_HEADING:
                sentence = _shorter_heading(words)
            elif _is_shouted(words):
                sentence = gettext(
                    "The heading “{words}” is in capitals, which are slow to read and "
                    "sometimes read out letter by letter. Write it as in a sentence."
                ).format(words=words)
            else:
                continue
            yield problem_at(place, self, sentence)


def _is_shouted(words: str) -> bool:
    """Return whether ``words`` are in capitals, short names such as “MRI” aside."""
    many = words.split()
    return words.isupper() and (len(many) > 2 or max(map(len, many)) > 5)


def _shorter_title(title: str) -> str:
    return ngettext(
        "The title has {count} character. Cut it to {longest} or fewer, and leave the "
        "rest to the text beneath it.",
        "The title has {count} characters. Cut it to {longest} or fewer, and leave the "
        "rest to the text beneath it.",
        len(title),
    ).format(count=len(title), longest=LONGEST_TITLE)


def _shorter_heading(words: str) -> str:
    return ngettext(
        "The heading “{words}…” has {count} character. Cut it to what the section is "
        "about, and say the rest in the text.",
        "The heading “{words}…” has {count} characters. Cut it to what the section is "
        "about, and say the rest in the text.",
        len(words),
    ).format(words=words[:40], count=len(words))


@register
class RepeatedHeading:
    """Suggests different headings: equal ones look alike in a list of contents."""

    code = "repeated-heading"
    title = _("Heading used twice")
    level: Level = "suggest"

    def problems(self, page: Any) -> Iterator[Problem]:
        seen: set[str] = set()
        for place, words in headings(page):
            folded = " ".join(words.casefold().split())
            if folded and folded in seen:
                yield problem_at(
                    place,
                    self,
                    gettext(
                        "The heading “{words}” is on this page twice. Say in each "
                        "what its own section is about."
                    ).format(words=words),
                )
            seen.add(folded)
