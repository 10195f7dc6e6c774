"""Where on a page a problem is, in words."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from core.prefetch.walk import walk
from core.publishing.gate import Problem
from core.text.plain_text import readable_at

WORDS = 8


@dataclass(frozen=True)
class Placed:
    """A problem, and where it is; ``place`` is "" where the sentence alone tells."""

    problem: Problem
    place: str = ""


def placed(problems: list[Problem], page: Any) -> list[Placed]:
    """Name the places of problems that have the same sentence as another."""
    sentences = [problem.sentence for problem in problems]
    return [
        Placed(problem, _place(problem, page))
        if sentences.count(problem.sentence) > 1
        else Placed(problem)
        for problem in problems
    ]


def _place(problem: Problem, page: Any) -> str:
    """Return such as “Paragraph 2, “It helped some of …””."""
    if problem.position is None:
        return _label(problem.field, page)
    stream = getattr(page, problem.field)
    if problem.position >= len(stream):
        return ""
    child = stream[problem.position]
    before = list(stream)[: problem.position]
    number = 1 + sum(each.block_type == child.block_type for each in before)
    name = f"{capfirst(str(child.block.label))} {number}"
    words = Truncator(_words(problem, page)).words(WORDS, truncate=" …")
    return _("{place}, “{words}”").format(place=name, words=words) if words else name


def _label(name: str, page: Any) -> str:
    for field in page._meta.get_fields():
        if field.name == name and hasattr(field, "verbose_name"):
            return str(capfirst(str(field.verbose_name)))
    return ""


def _words(problem: Problem, page: Any) -> str:
    texts = (
        " ".join(text.split())
        for place in walk(page)
        if (place.field, place.position) == (problem.field, problem.position)
        for text in readable_at(place)
    )
    return next(filter(None, texts), "")
