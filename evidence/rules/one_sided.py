"""Publishing rule for advantages that stand without risks."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.typed_table_block.blocks import TypedTable

from core.blocks.text import HeadingBlock, QuestionsBlock
from core.prefetch.walk import Place, stream_fields, walk
from core.publishing.gate import Level, Problem, register
from core.publishing.rules import problem_at
from core.text.plain_text import plain, readable_at
from evidence.rules.adjustable import Adjustable

_FOR = re.compile(
    r"\b(?:advantages?|benefits?|pros|upsides?|plus points|strengths"
    r"|reasons (?:for|to choose)|why (?:\w+ )?choose"
    r"|what speaks (?:for|in favou?r))\b",
    re.IGNORECASE,
)
# Money, not health: “sickness benefits”, “benefits of membership”.
_OF_MONEY = re.compile(
    r"\b(?:cash|child|disability|employ(?:ee|ment)|fringe|health|housing|insurance"
    r"|maternity|sick(?:ness)?|social|state|tax|unemployment|welfare|work)"
    r"(?: \w+)? benefits?\b|\bbenefits? (?:advice|advis[eo]rs?|agency|office|system"
    r"|you (?:can|may) claim)\b"
    r"|\b(?:claim\w*|apply\w* for|entitled to) (?:\w+ )*benefits?\b"
    r"|\bbenefits? of (?:the |our |a )?(?:membership|newsletter|account|registering"
    r"|subscri\w+|insurance)\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:against|adverse|bleeding|caution\w*|complications?|cons|dangers?"
    r"|disadvantages?|downsides?|drawbacks?|harms?|harmful|infections?|injur\w+|limits?"
    r"|limitations?|not (?:for everyone|known|suitable|help\w*)|risks?|risky"
    r"|side[- ]effects?|too much|unknown|unsuitable|unsure|warning|weakness\w*|worse"
    r"|wrong)\b",
    re.IGNORECASE,
)


def is_of_advantages(heading: str) -> bool:
    """Return whether a heading promises what is good of something, and nothing else."""
    return bool(_FOR.search(heading)) and not (
        _OF_MONEY.search(heading) or _AGAINST.search(heading)
    )


def names_risks(text: str) -> bool:
    return bool(_AGAINST.search(text))


class Section(NamedTuple):
    """A heading and what stands beneath it, up to the next one."""

    place: Place
    heading: str
    text: str


@register
class OneSided(Adjustable):
    """Suggests to name risks where advantages are named."""

    code = "one-sided"
    title = _("Advantages without risks beside them")
    level: Level = "suggest"
    setting = "one_sided"

    def problems(self, page: Any) -> Iterator[Problem]:
        for place, words in [*_in_sections(page), *_in_blocks(page)]:
            sentence = gettext(
                "“{heading}” names what is good of it, and no risk stands beside it. "
                "Say here, or right after, what can go wrong and how often."
            ).format(heading=words)
            yield problem_at(place, self, sentence, about=words)


def _in_sections(page: Any) -> Iterator[tuple[Place, str]]:
    for field in stream_fields(page):
        sections = list(_sections(page, field.name))
        for number, section in enumerate(sections):
            if not is_of_advantages(section.heading):
                continue
            beside = sections[max(0, number - 1) : number + 2]
            if not any(
                names_risks(each.heading if each is not section else each.text)
                for each in beside
            ):
                yield section.place, section.heading


def _sections(page: Any, field: str) -> Iterator[Section]:
    current: tuple[Place, str] | None = None
    texts: list[str] = []
    for place in (each for each in walk(page) if each.field == field):
        if isinstance(place.block, HeadingBlock):
            if current:
                yield Section(*current, "\n".join(texts))
            current, texts = (place, (place.value["text"] or "").strip()), []
        elif current:
            texts += readable_at(place)
    if current:
        yield Section(*current, "\n".join(texts))


def _in_blocks(page: Any) -> Iterator[tuple[Place, str]]:
    """Yield what is one-sided within a block: its heading, a question, a table."""
    texts: dict[tuple[str, int], list[str]] = {}
    for place in walk(page):
        here = texts.setdefault((place.field, place.position), [])
        here += readable_at(place)
    for place in walk(page):
        said = "\n".join(texts[place.field, place.position])
        if isinstance(place.block, QuestionsBlock):
            yield from ((place, each) for each in _questions(place.value))
        elif isinstance(place.value, TypedTable) and not names_risks(said):
            headings = [column["heading"] for column in place.value.columns]
            yield from ((place, each) for each in headings if is_of_advantages(each))
        elif (
            place.name == "heading"
            and isinstance(place.value, str)
            and is_of_advantages(place.value)
            and not names_risks(said)
        ):
            yield place, place.value


def _questions(value: Any) -> Iterator[str]:
    """Yield the questions for advantages that no answer or other question balances."""
    items = [
        (item.get("question") or "", plain(getattr(item.get("answer"), "source", "")))
        for item in value.get("items") or ()
    ]
    for question, answer in items:
        others = "\n".join(each for each, _ in items)
        if is_of_advantages(question) and not (
            names_risks(answer) or names_risks(others)
        ):
            yield question
