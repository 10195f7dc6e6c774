"""The rows of a form's table, read one after the other."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext

from applications.answers import shown
from applications.definitions import asked, is_hidden
from applications.exporting.columns import Column, columns_of
from applications.models.applications import Answer, Application
from applications.models.definitions import FormDefinition

_CHUNK = 2_000


def table(
    applications: "QuerySet[Application]", *, is_revealed: bool = True
) -> Iterator[list[str]]:
    """Yield a row of headings, then one for each application, the oldest first.

    An answer that cannot be read is a sentence in its cell, and harms no other.

    Args:
        applications: Of one form.
        is_revealed: Whether answers about health are among them; else a sentence.
    """
    form = applications.order_by().values("definition__page")
    definitions = {
        each.pk: each.content
        for each in FormDefinition.objects.filter(page__in=form).order_by("-number")
    }
    used = set(applications.order_by().values_list("definition", flat=True).distinct())
    latest = next(iter(definitions), None)
    # What nobody was asked needs no column, but for what is asked now.
    contents = [definitions[pk] for pk in definitions if pk in used or pk == latest]
    columns = columns_of(contents)
    yield [
        gettext("Reference"),
        gettext("Received"),
        gettext("Status"),
        gettext("How it came"),
        *(column.heading for column in columns),
    ]
    answers = _by_application(applications)
    of_next = next(answers, None)
    ordered = applications.order_by("submitted_at", "pk")
    for application in ordered.iterator(chunk_size=_CHUNK):
        given: dict[str, Answer] = {}
        place = application.submitted_at, application.pk
        # Of one that was deleted meanwhile there are answers that belong to no row.
        while of_next and of_next[0] < place:
            of_next = next(answers, None)
        if of_next and of_next[0] == place:
            given, of_next = of_next[1], next(answers, None)
        content = definitions[application.definition_id]
        yield [*_about(application), *_cells(columns, content, given, is_revealed)]


def _by_application(
    applications: "QuerySet[Application]",
) -> Iterator[tuple[tuple[datetime, UUID], dict[str, Answer]]]:
    """Yield answers by question, behind the place of their application in the order."""
    answers = Answer.objects.filter(application__in=applications.order_by())
    answers = answers.annotate(submitted_at=F("application__submitted_at"))
    ordered = answers.order_by("submitted_at", "application_id")
    found = ordered.iterator(chunk_size=_CHUNK)
    for place, group in groupby(found, key=_place):
        yield place, {answer.question: answer for answer in group}


def _place(answer: Any) -> tuple[datetime, UUID]:
    return answer.submitted_at, answer.application_id


def _about(application: Application) -> list[str]:
    received = localtime(application.submitted_at)
    return [
        application.reference,
        received.strftime("%Y-%m-%d %H:%M"),
        application.get_status_display(),
        application.get_channel_display(),
    ]


def _cells(
    columns: list[Column],
    content: dict[str, Any],
    given: dict[str, Answer],
    is_revealed: bool,
) -> Iterator[str]:
    questions = {question["id"]: question for question in asked(content)}
    for column in columns:
        question = questions.get(column.question)
        if question and is_hidden(question) and not is_revealed:
            yield gettext("Not exported: it takes the right to reveal it.")
            continue
        # It was not in the form then.
        cell = shown(question, given.get(column.question)) if question else {}
        yield "\n".join(map(str, cell.get("given", [cell.get("problem", "")])))
