"""Draws the pages of a form in steps: a step, an exit, the review, the beginning."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext
from wagtail.blocks import BoundBlock
from wagtail.models import Site

from applications.applying.forms import (
    ASKED,
    HONEYPOT,
    TOKEN,
    ApplicationForm,
    field_name,
)
from applications.applying.notices import GOOD, MORE
from applications.applying.steps.filling import Filling
from applications.applying.steps.live import live_conditions
from applications.applying.steps.route import Route, Step
from applications.applying.tokens import FormToken
from applications.applying.wording import answer_texts
from applications.definitions import EXIT, FILE
from applications.email_form import EmailForm
from core.prefetch.page import prefetch_also
from core.prefetch.records import Records
from core.views.private import keep_private


@dataclass
class Answered:
    """A question with its answer in words, and the address that changes it."""

    question: dict[str, Any]
    texts: list[str]
    address: str


def draw_step(
    filling: Filling,
    request: HttpRequest,
    step: Step,
    notice: str | Promise = "",
    status: int = 200,
) -> HttpResponse:
    """Draw a step with what was typed into it, and what is wrong with that.

    Args:
        filling: What the browser has filled in.
        request: Of the step.
        step: One of its route's.
        notice: A sentence about what was sent, or "".
        status: Of the answer; 200 after a redirect.
    """
    route = filling.route
    live = live_conditions(route, step)
    drawn = [i for i in step.items if i["id"] in live or route.is_shown(i)]
    was_finished = filling.typed.get(step.item["id"])
    for question in step.questions:
        if not was_finished and not _refused(filling, question):
            route.form.errors.pop(field_name(question), None)
    errors = _errors(filling, step)
    if was_finished and not errors and not notice and not route.is_done(step):
        notice = MORE
    steps = [each.address for each in route.steps]
    begins = step.number >= filling.begins_at
    context = {
        "form": route.form,
        "errors": errors,
        "sections": _sections(route, drawn, live),
        "step": step,
        "position": steps.index(step.address) + 1 if step.address in steps else 1,
        "count": len(steps) + 1,
        "begins_here": step.number == filling.begins_at,
        "keep_offered": begins,
        "asked_name": ASKED,
        "is_change": "change" in request.GET or "change" in request.POST,
    }
    return _draw(filling, request, "step", step.item["title"], context, notice, status)


def _sections(
    route: Route, drawn: list[dict[str, Any]], live: dict[str, str]
) -> list[dict[str, Any]]:
    """Return the parts of a step; fields know on what they depend within it."""
    sections = route.form.sections_of(drawn)
    for field in (field for section in sections for field in section["fields"]):
        field.condition = live.get(field.question["id"], "")
        field.is_asked = route.is_shown(field.question)
    return sections


def draw_exit(
    filling: Filling,
    request: HttpRequest,
    place: Step,
    notice: str | Promise = "",
    status: int = 200,
) -> HttpResponse:
    """Draw an exit, with a way back and a way on.

    Its block draws what was frozen, with the works that it cites as they are now.
    """
    context = {
        # Called where it is drawn, when the page has its records.
        "exit": partial(_said, filling.page, request, place.item),
        "back": filling.route.before(place),
    }
    title = place.item["title"]
    return _draw(filling, request, "exit", title, context, notice, status)


def _said(page: Any, request: HttpRequest, frozen: dict[str, Any]) -> BoundBlock:
    block = page.questions.stream_block.child_blocks[EXIT]
    raw = {name: frozen[name] for name in frozen.keys() - {"condition"}}
    site = Site.find_for_request(request)
    return BoundBlock(block, prefetch_also(page, block, raw, site))


def draw_review(
    filling: Filling,
    request: HttpRequest,
    notice: str | Promise = "",
    status: int = 200,
) -> HttpResponse:
    """Draw all answers, each with a link that changes it."""
    route = filling.route
    context = {
        "parts": [
            {"title": step.item["title"], "answers": _answers(filling, step)}
            for step in route.steps
            if step.questions
        ],
        "content": filling.definition.content,
        "back": route.steps[-1].address if route.steps else "",
        "version": filling.draft.version if filling.draft else 0,
        "position": len(route.steps) + 1,
        "count": len(route.steps) + 1,
    }
    title = gettext("Check your answers")
    return _draw(filling, request, "review", title, context, notice, status)


def draw_save(
    filling: Filling,
    request: HttpRequest,
    form: EmailForm,
    notice: str | Promise = "",
    status: int = 200,
) -> HttpResponse:
    """Draw the page that asks where a link to the draft is to be mailed."""
    title = gettext("Save and go on later")
    context = {"form": form, "errors": form.error, "back": filling.route.next_address}
    return _draw(filling, request, "save", title, context, notice, status)


def draw_clear(filling: Filling, request: HttpRequest) -> HttpResponse:
    """Draw the page that says what is deleted, and asks whether it should be."""
    draft = filling.draft
    context = {
        "has_files": draft is not None and draft.uploads.exists(),
        "has_links": filling.has_link,
        "back": filling.route.next_address,
    }
    title = gettext("Clear my answers")
    return _draw(filling, request, "clear", title, context, "", 200)


def _answers(filling: Filling, step: Step) -> list[Answered]:
    route = filling.route
    return [
        Answered(
            question,
            answer_texts(question, route.answers[question["id"]]),
            f"{step.address}?change=1#{_first_input(route.form, question)}",
        )
        for question in step.questions
        if route.is_shown(question)
    ]


def _first_input(form: ApplicationForm, question: dict[str, Any]) -> str:
    bound: Any = form[field_name(question)]
    return str(bound.first_input_id)


def _refused(filling: Filling, question: dict[str, Any]) -> bool:
    """Return whether a file was not kept, which is said at once."""
    if question["kind"] != FILE:
        return False
    return bool((filling.typed.get(question["id"]) or {}).get("refused"))


def _errors(filling: Filling, step: Step) -> list[Any]:
    form: ApplicationForm = filling.route.form
    return [
        form[field_name(question)]
        for question in step.questions
        if filling.route.is_shown(question) and field_name(question) in form.errors
    ]


def _draw(
    filling: Filling,
    request: HttpRequest,
    name: str,
    title: str,
    context: dict[str, Any],
    notice: str | Promise,
    status: int,
) -> HttpResponse:
    page = filling.page
    heading = title or page.title
    draft = filling.draft
    token = FormToken.new(filling.definition.pk)
    if draft is not None:
        begun = int(draft.created_at.timestamp())
        # Only after such a notice is what looks like a program's taken, with a mark.
        warned = request.GET.get("notice") in {"hidden", "fast"}
        token = FormToken(filling.definition.pk, draft.submission_key, begun, warned)
    # Not the page's own context: its body is not printed here, nor fetched. To these
    # records is added what an exit refers to.
    page.records = Records()
    context = {
        "page": page,
        "filling": filling,
        "heading": heading,
        "notice": notice,
        "notice_is_good": notice in GOOD,
        "form_token": str(token),
        "form_token_name": TOKEN,
        "honeypot_name": HONEYPOT,
        "is_preview": getattr(request, "is_preview", False),
        **context,
    }
    words = f"{heading}: {page.title}" if title else page.title
    if context.get("errors"):
        words = gettext("Error: {title}").format(title=words)
    page.seo_title = words
    page.robots_index = "no"
    page.breadcrumbs = []
    template = f"applications/steps/{name}.html"
    response = keep_private(TemplateResponse(request, template, context, status=status))
    response.headers["X-Robots-Tag"] = "noindex"
    return response
