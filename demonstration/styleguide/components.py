"""The components of pages beside blocks, each with invented content.

A part is drawn by the include that pages draw it with; its template here only names
that include. What needs a stored record (videos, sized pictures) is left to real pages.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.urls import reverse

from core.blocks.text import HeadingBlock
from demonstration.styleguide import examples
from home import previews
from home.search import SearchForm
from newsletter.blocks import SignUpBlock
from newsletter.forms import SignUpForm

LOOK = "Look"
LISTS = "Lists and ways through them"
PEOPLE = "People and sources"
FORMS = "Forms and what they answer"

_COLOUR = re.compile(r"--([a-z-]+): light-dark\(([^,()]+), ([^,()]+)\)")
_SIZE = re.compile(r"--((?:text|title|numeral)[a-z-]*): ([^;]+);")


@dataclass(frozen=True)
class Component:
    """A component, rendered by ``demonstration/styleguide/components/<slug>.html``."""

    slug: str
    title: str
    description: str
    group: str
    context: Callable[[], dict[str, Any]] = dict

    @property
    def url(self) -> str:
        return reverse("styleguide_component", args=[self.slug])

    @property
    def template(self) -> str:
        return f"demonstration/styleguide/components/{self.slug}.html"


def _tokens() -> str:
    return Path(str(finders.find("css/tokens.css"))).read_text()


def _colours() -> dict[str, Any]:
    """Return every colour by its token, in the light and the dark theme."""
    return {"colours": _COLOUR.findall(_tokens())}


def _type() -> dict[str, Any]:
    block = HeadingBlock()
    headings = [
        block.bind(block.to_python({"text": text, "level": level, "anchor": ""}))
        for text, level in (("A section", "2"), ("A part of a section", "3"))
    ]
    return {"headings": headings, "sizes": _SIZE.findall(_tokens())}


def _pictograms() -> dict[str, Any]:
    folder = Path(str(finders.find("img")))
    return {"files": sorted(f"img/{path.name}" for path in folder.glob("*.svg"))}


def _topic_filter() -> dict[str, Any]:
    topics = previews.topics()
    return {"index": previews.article(), "topics": topics, "chosen": topics[0]}


def _cards() -> dict[str, Any]:
    return {
        "article": previews.article(),
        "story": examples.story(),
        "person": previews.person(),
    }


def _messages() -> dict[str, Any]:
    block = SignUpBlock()
    block.set_name("sign_up")
    mistaken = SignUpForm({"email": "ada at example"})
    return {"value": block.get_preview_value(), "mistaken": mistaken}


def _search() -> dict[str, Any]:
    return {"form": SearchForm({"query": ""})}


COMPONENTS = {
    component.slug: component
    for component in [
        Component("type", "Type", "Headings, text and their sizes", LOOK, _type),
        Component(
            "colours",
            "Colours",
            "Every colour by its token, light and dark",
            LOOK,
            _colours,
        ),
        Component(
            "pictograms",
            "Pictograms",
            "What is drawn once for the whole site",
            LOOK,
            _pictograms,
        ),
        Component("buttons", "Buttons", "What a reader may press", LOOK),
        Component("cards", "Cards", "Pages and people in lists", LISTS, _cards),
        Component(
            "pagination",
            "Pages of a list",
            "In the middle of a long list",
            LISTS,
            lambda: {"items": examples.list_page()},
        ),
        Component(
            "topic-filter",
            "Topic filter",
            "A list narrowed to one topic",
            LISTS,
            _topic_filter,
        ),
        Component(
            "breadcrumbs",
            "Breadcrumbs",
            "The way from the front page to here",
            LISTS,
            lambda: {"trail": examples.breadcrumbs()},
        ),
        Component("search", "Search", "Sent without a word", LISTS, _search),
        Component(
            "people",
            "People around an article",
            "Byline, and box after it",
            PEOPLE,
            lambda: {"contribution": previews.contribution()},
        ),
        Component(
            "references",
            "Citation and references",
            "Works cited, and where",
            PEOPLE,
            examples.references,
        ),
        Component(
            "evidence-panel",
            "Evidence at a glance",
            "Kinds of the works cited, counted",
            PEOPLE,
            examples.evidence,
        ),
        Component(
            "form-empty",
            "Form, empty",
            "Every kind of question",
            FORMS,
            examples.empty_form,
        ),
        Component(
            "form-filled-in",
            "Form, filled in",
            "With an answer to each",
            FORMS,
            examples.filled_form,
        ),
        Component(
            "form-with-mistakes",
            "Form, with mistakes",
            "What is wrong, said twice",
            FORMS,
            examples.mistaken_form,
        ),
        Component(
            "thanks",
            "Thanks",
            "What an applicant reads after sending",
            FORMS,
            examples.thanks,
        ),
        Component(
            "messages",
            "Messages",
            "An address received, or one with a mistake",
            FORMS,
            _messages,
        ),
    ]
}
