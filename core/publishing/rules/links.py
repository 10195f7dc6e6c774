"""Publishing rules for links."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import lxml.html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import PageChooserBlock, StructBlock, URLBlock
from wagtail.fields import RichTextField
from wagtail.rich_text import RichText

from core.prefetch.walk import Place, walk
from core.publishing.gate import Level, Problem, register
from core.publishing.rules import problem_at

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
    """Return whether a link's ``words`` are meaningless out of context."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    return " ".join(re.findall(r"[^\W_]+", folded)) in _VAGUE


def is_address(words: str) -> bool:
    return bool(_ADDRESS.fullmatch(words.strip()))


def link_texts(source: str) -> list[str]:
    """Return the text of each link in stored rich text, spaces normalised."""
    if "<a" not in source:
        return []
    links = lxml.html.fragment_fromstring(source, create_parent=True).iter("a")
    return [" ".join(link.text_content().split()) for link in links]


@register
class VagueLink:
    """Suggests meaningful link texts, for readers who go from link to link."""

    code = "vague-link"
    title = _("Link that does not say where it leads")
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
    """Suggests removing links without text, read out as addresses."""

    code = "empty-link"
    title = _("Link without words")
    level: Level = "suggest"

    def problems(self, page: Any) -> Iterator[Problem]:
        for place in walk(page):
            if isinstance(place.value, RichText) and "" in link_texts(
                place.value.source
            ):
                sentence = gettext(
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
    """Return the link texts of a field.

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
        return gettext(
            "The link “{words}” does not say where it leads. Let it say what "
            "is there, such as “the trial of 2020”."
        ).format(words=words)
    if is_address(words):
        shown = f"{words[:60]}…" if len(words) > 60 else words
        return gettext(
            "The link “{words}” is an address, which is read out letter by "
            "letter. Write what stands there, and link that."
        ).format(words=shown)
    return ""
