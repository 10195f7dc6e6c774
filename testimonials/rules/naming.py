"""The publishing rule for typed names of those whose stories a page tells or shows."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.blocks.correction import CorrectionBlock
from core.prefetch.walk import Place, walk
from core.publishing.gate import Level, Problem, register
from core.publishing.rules import problem_at
from core.publishing.rules.findings import Spot
from core.text.plain_text import words_at
from evidence.rules.cited import without_settled
from testimonials.models.pages import TestimonialPage
from testimonials.models.subject import Subject
from testimonials.quoting.block import with_scopes
from testimonials.quoting.outside_video import videos_of_people
from testimonials.quoting.rules import quotations
from testimonials.rules.consent import embedded

# Texts that a page has outside its streams.
_TEXT_FIELDS = (
    "title",
    "slug",
    "seo_title",
    "search_description",
    "breadcrumb_title",
    "social_title",
    "social_text",
    "standfirst",
    "quote",
    "condition",
    "treatment",
    "counted",
    "change_note",
    "updated_note",
)


@register
class SubjectNamed:
    """Warns of a subject's typed name, which would outlive the consent.

    Refuses one in a correction, which nobody can change once it is published.
    """

    code = "subject-named"
    title = _("Patient's name typed")
    level: Level = "warn"

    def problems(self, page: Any) -> Iterator[Problem]:
        subjects = _subjects(page)
        if subjects:
            yield from self._in_fields(page, subjects)
            yield from self._in_streams(page, subjects)

    def _in_fields(self, page: Any, subjects: list[Any]) -> Iterator[Problem]:
        for name in _TEXT_FIELDS:
            text = getattr(page, name, None)
            # With the next note readers see the last one no more.
            if text and name == "updated_note" and page.change_note:
                continue
            if not isinstance(text, str):
                continue
            if told := [each for each in subjects if _tells(each, name, text)]:
                sentence, about = self._sentence(told), _codes(told)
                yield Problem(self.code, self.level, sentence, field=name, about=about)

    def _in_streams(self, page: Any, subjects: list[Any]) -> Iterator[Problem]:
        named: dict[tuple[str, int], tuple[Place, list[Subject]]] = {}
        corrections = set()
        for place in walk(page):
            where = (place.field, place.position)
            if isinstance(place.block, CorrectionBlock):
                corrections.add(where)
            words = list(words_at(place))
            if told := [s for s in subjects if any(map(s.is_named_in, words))]:
                named.setdefault(where, (place, told))
        found: list[tuple[Spot, Any]] = [
            (place, at) for at, (place, _) in named.items()
        ]
        changeable = {where for _, where in without_settled(page, found)}
        for where, (place, told) in named.items():
            problem = problem_at(place, self, self._sentence(told), about=_codes(told))
            if where not in corrections:
                yield problem
            elif where in changeable:
                yield replace(problem, level="block")
            # Of a story readers do not get what names its subject.
            elif not isinstance(page, TestimonialPage):
                yield problem

    def _sentence(self, subjects: list[Subject]) -> str:
        codes = ", ".join(f"“{subject}”" for subject in subjects)
        return gettext(
            "The name of %(codes)s is typed here, where withdrawing consent cannot "
            "remove it. Write “the patient”, and leave the name to the story."
        ) % {"codes": codes}


def _subjects(page: Any) -> list[Any]:
    """Return the people whose stories ``page`` tells or shows."""
    wanted = {story.subject_id for _, story in embedded(page)}
    wanted |= {subject.pk for _, subject in quotations(page)}
    shown = (people for _, people in videos_of_people(walk(page)))
    wanted |= {person.pk for people in shown for person in people if person}
    if isinstance(page, TestimonialPage) and page.subject_id:
        wanted.add(page.subject_id)
    return list(with_scopes().filter(pk__in=wanted)) if wanted else []


def _codes(subjects: list[Any]) -> str:
    """Return who they are, and whether by name: a reason lapses once they are not."""
    return "\n".join(
        sorted(
            subject.reference_code + ("" if subject.shows_name else " without name")
            for subject in subjects
        )
    )


def _tells(subject: Subject, field: str, text: str) -> bool:
    if field != "slug":
        return subject.is_named_in(text)
    words = text.split("-")
    return any(word.casefold() in words for word in subject.telling_words)
