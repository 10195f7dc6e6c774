"""What the gate asks of links."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from wagtail.blocks import PageChooserBlock, StructBlock, URLBlock
from wagtail.fields import RichTextField
from wagtail.rich_text import RichText

from core.gate import Level, Problem, register
from core.rules import problem_at
from core.walk import Place, walk

# What a link says that is understood only by those who see what stands around it.
_VAGUE = frozenset(
    {
        "click",
        "click here",
        "continue",
        "continue reading",
        "details",
        "find out more",
        "follow this link",
        "go",
        "here",
        "info",
        "learn more",
        "link",
        "more",
        "more details",
        "more info",
        "more information",
        "read",
        "read here",
        "read more",
        "read on",
        "see here",
        "see more",
        "this",
        "this article",
        "this link",
        "this page",
        "this site",
        "this website",
        "website",
    }
)
_ADDRESS = re.compile(r"(https?://|www\.)\S+|[\w-]+(\.[\w-]+)+/\S*", re.IGNORECASE)


def is_vague(words: str) -> bool:
    """Tell whether a link's ``words`` say nothing away from the text around them."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    return " ".join(re.findall(r"[^\W_]+", folded)) in _VAGUE


def is_address(words: str) -> bool:
    return bool(_ADDRESS.fullmatch(words.strip()))


def link_texts(source: str) -> list[str]:
    """Return what each link in stored rich text says, spaces put right."""
    if "<a" not in source:
        return []
    links = BeautifulSoup(source, "html.parser").find_all("a")
    return [" ".join(link.get_text().split()) for link in links]


@register
class VagueLink:
    """Some readers go from link to link, and hear nothing else."""

    code = "vague-link"
    title = "Link that does not say where it leads"
    level: Level = "suggest"

    def problems(self, page: Any) -> Iterator[Problem]:
        for place in walk(page):
            for words in _words_of_links(place):
                if advice := _advice(words):
                    yield problem_at(place, self, advice)
        for field in page._meta.concrete_fields:
            for words in _words_of_field(page, field):
                if advice := _advice(words):
                    yield Problem(self.code, self.level, advice, field.name)


@register
class EmptyLink:
    """A link around a space is seen by nobody, and read out as its address."""

    code = "empty-link"
    title = "Link without words"
    level: Level = "suggest"

    def problems(self, page: Any) -> Iterator[Problem]:
        for place in walk(page):
            if isinstance(place.value, RichText) and "" in link_texts(
                place.value.source
            ):
                sentence = (
                    "There is a link without words in this text. Give it words that "
                    "say where it leads, or take it out."
                )
                yield problem_at(place, self, sentence)


def _words_of_links(place: Place) -> list[str]:
    if isinstance(place.value, RichText):
        return link_texts(place.value.source)
    if not (isinstance(place.block, StructBlock) and hasattr(place.value, "get")):
        return []
    blocks = place.block.child_blocks
    if not any(isinstance(b, PageChooserBlock | URLBlock) for b in blocks.values()):
        return []
    labels = [name for name in blocks if name.split("_")[-1] == "label"]
    return [place.value.get(name) or "" for name in labels]


def _words_of_field(page: Any, field: Any) -> list[str]:
    """Return what links in a field say.

    Where a page type leads to ``x_page``, the link says what is in ``x_label``.
    """
    if isinstance(field, RichTextField):
        return link_texts(getattr(page, field.name))
    if field.name.endswith("_label"):
        target = f"{field.name.removesuffix('_label')}_page"
        return [getattr(page, field.name)] if hasattr(page, f"{target}_id") else []
    return []


def _advice(words: str) -> str:
    if is_vague(words):
        return (
            f"The link “{words}” does not say where it leads. Let it say what is "
            "there, such as “the trial of 2020”."
        )
    if is_address(words):
        shown = f"{words[:60]}…" if len(words) > 60 else words
        return (
            f"The link “{shown}” is an address, which is read out letter by letter. "
            "Write what stands there, and link that."
        )
    return ""
