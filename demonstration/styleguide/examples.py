"""Invented pages and records for the pattern library; never saved."""

from types import SimpleNamespace
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.http import QueryDict

from applications.applying.forms import ApplicationForm, field_name
from applications.composing.blocks import ApplicationQuestionsBlock
from applications.definitions import frozen_question, kind_of
from applications.models.pages import ApplicationFormPage
from core.previews import with_address
from evidence.bibliography.evidence_panel import evidence_base
from evidence.citing.numbering import Citation, group
from evidence.models import Reference
from evidence.vocabulary import Design, Species, Status
from home.previews import article, topic
from testimonials.models.pages import TestimonialPage
from testimonials.models.scope import Scope
from testimonials.models.subject import Subject

_ANSWERS: dict[str, Any] = {
    "short_text": "Ada Example",
    "long_text": "To carry the shopping home again.\nTo sleep through the night.",
    "email": "ada@example.org",
    "telephone": "+44 1632 960 001",
    "number": "2019",
    "single_choice": "By e-mail",
    "multiple_choice": "I take a blood thinner",
    "yes_no": "No",
    "country": "PT",
    "file": {"files": [{"id": "1", "name": "Letter, page 1.jpg", "size": 2_400_000}]},
    "consent": "on",
}
_MISTAKES = {
    "email": "ada at example",
    "telephone": "none",
    "number": "nineteen",
}


def story() -> TestimonialPage:
    told = with_address(
        TestimonialPage(
            title="A year of stairs",
            standfirst="The first year, month by month.",
            topic=topic(),
            condition="Multiple sclerosis",
            subject=Subject(name="Nobody", relation="free"),
        )
    )
    told.scope = Scope(story=True, name=False, portrait=False)
    return told


def list_page() -> ListPage[int]:
    """Return the seventh page of twenty."""
    return Paginator(range(200), 10).page(7)


def breadcrumbs() -> Any:
    trail = [("The clinic", "/"), ("Journal", "#main"), (article().title, "#main")]
    return SimpleNamespace(
        breadcrumbs=[{"title": title, "url": url} for title, url in trail]
    )


def references() -> dict[str, Any]:
    """Return a citation of two works, and the entries of their list."""
    paper = Reference(
        title="Beneficial effects of walking",
        authors=[
            {"family": "Example", "given": "Ada"},
            {"family": "Sample", "given": "Ben"},
        ],
        container_title="Journal of Examples",
        issued_year=2020,
        volume="143",
        issue="12",
        page="3574-3588",
        doi="10.5555/12345678",
        study_design=Design.RANDOMISED_TRIAL,
        species=Species.HUMAN,
        sample_size=48,
        population="adults who walk with a stick",
        funding="the Example Foundation",
        pk=1,
    )
    withdrawn = Reference(
        title="A work that was withdrawn",
        authors=[{"literal": "Example Group"}],
        container_title="Annals of Samples",
        issued_year=2011,
        status=Status.RETRACTED,
    )
    return {
        "citation": group(1, [Citation(1, "p. 14"), Citation(2)], {1: 1, 2: 2}.get),
        "entries": _entries([paper, withdrawn]),
    }


def _entries(works: list[Reference]) -> list[dict[str, Any]]:
    return [
        {"number": number, "reference": work, "places": [1]}
        for number, work in enumerate(works, start=1)
    ]


def evidence() -> dict[str, Any]:
    """Return a citation of works of several kinds, their list, and their count."""
    kinds = [
        (Design.RANDOMISED_TRIAL, Species.HUMAN, Status.CURRENT),
        (Design.TRIAL, Species.HUMAN, Status.CONCERN),
        (Design.SYSTEMATIC_REVIEW, Species.HUMAN, Status.CURRENT),
        (Design.LABORATORY, Species.LABORATORY, Status.CORRECTED),
        ("", "", Status.CURRENT),
        (Design.TRIAL, Species.HUMAN, Status.RETRACTED),
    ]
    works = [
        Reference(
            title=f"An example of a work, number {number}",
            authors=[{"family": family, "given": "A"}],
            container_title="Journal of Examples",
            issued_year=2014 + number,
            study_design=design,
            species=species,
            status=status,
        )
        for number, (family, (design, species, status)) in enumerate(
            zip(("Ash", "Birch", "Cedar", "Elm", "Fir", "Gorse"), kinds, strict=True),
            start=1,
        )
    ]
    numbers = {number: number for number, _ in enumerate(works, start=1)}
    return {
        "base": evidence_base(enumerate(works, start=1)),
        "citation": group(1, map(Citation, numbers), numbers.get),
        "entries": _entries(works),
    }


# --- Forms --------------------------------------------------------------------------


def _questions() -> list[dict[str, Any]]:
    """Return one question of each kind, after the section that opens the form."""
    return [
        frozen_question(name, f"example-{name}", block, block.get_preview_value())
        for name, block in ApplicationQuestionsBlock().child_blocks.items()
        if kind_of(block) == name  # ready-made ones are of these kinds
    ]


def _form(answers: dict[str, Any] | None = None, day: str = "") -> dict[str, Any]:
    form_page = ApplicationFormPage(title="Apply", submit_label="Send it")
    content: dict[str, Any] = {
        "questions": _questions(),
        "submit_label": form_page.submit_label,
        "answers_text": "<p>Read by our physicians, and deleted after a year.</p>",
    }
    data = None
    if answers is not None:
        data = QueryDict(mutable=True)
        for question in content["questions"]:
            if question["kind"] in answers:
                data[field_name(question)] = answers[question["kind"]]
            elif question["kind"] == "date":
                parts = zip(("day", "month", "year"), (day, "2", "1974"), strict=True)
                data.update({f"{field_name(question)}_{p}": v for p, v in parts})
            elif question["kind"] == "address" and answers is _ANSWERS:
                lines = enumerate(("12 Quay Street", "", "Marram", "", "PT"))
                data.update({f"{field_name(question)}_{n}": v for n, v in lines})
    form = ApplicationForm(content, data)
    return {"form": form, "form_page": form_page}


def empty_form() -> dict[str, Any]:
    return _form()


def filled_form() -> dict[str, Any]:
    return _form(_ANSWERS, day="27")


def mistaken_form() -> dict[str, Any]:
    return _form(_MISTAKES, day="31")


def thanks() -> dict[str, Any]:
    form_page = ApplicationFormPage(
        thanks_text="<p>A physician reads it within ten working days.</p>"
    )
    return {"form_page": form_page, "reference": "K7QM-2XPA"}
