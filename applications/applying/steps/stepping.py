"""Serves the steps of a form, each at its own address.

Every post ends in a redirect: what was typed is kept first, right or wrong, so that
neither Back nor Reload asks to send again. Where it cannot be kept the same step is
answered, filled in.
"""

import json
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from applications.applying.forms import ASKED, TOKEN, field_name
from applications.applying.gone import answer_gone
from applications.applying.notices import (
    AGREE_FIRST,
    DATABASE_DOWN,
    EXPIRED,
    GONE,
    NOT_AGREED,
    RETRY_AFTER,
    TOO_LARGE,
    UNAVAILABLE,
    called_for,
)
from applications.applying.opening import admits
from applications.applying.steps import filling as fillings
from applications.applying.steps import happened, precheck
from applications.applying.steps.drawing import draw_exit, draw_step
from applications.applying.steps.filling import KEEP, Filling, GoneError
from applications.applying.steps.route import REVIEW, Step, read_posted
from applications.applying.tokens import FormToken
from applications.definitions import EXIT, FILE, is_in_steps
from applications.figures import counting
from applications.limits import OverLimitError
from applications.uploads import answers
from applications.uploads.field import REMOVE, STAY
from applications.uploads.storing import DraftGone
from core.encryption import EncryptionError
from core.views.private import keep_private
from users.limits import Limit

# In an address: the way leads back to the review.
CHANGE = "change"
BACK = "back"  # the button's name
SAVE = "save"  # the button's name
# Characters of an answer that a step before the consent keeps in any case.
_SHORT = 200


def serve_step(page: Any, request: HttpRequest, number: int) -> HttpResponse:
    """Show a step, or keep what was typed into it and lead on."""
    filling = fillings.find(page, request)
    if filling is None:
        return to(page, request, "")
    if not filling.is_begun and not admits(page, request):
        if request.method == "POST":
            return answer_gone(request, page=page)
        return to(page, request, "")
    is_new = not filling.is_begun and request.method != "POST"
    if is_new and not is_in_steps(filling.definition.content):
        return to(page, request, "")
    step = _step(filling, number)
    if step is None:
        return to(page, request, filling.route.next_address)
    if request.method == "POST":
        return _receive(filling, request, step)
    if not filling.route.is_reached(step.address):
        return to(page, request, filling.route.next_address)
    return draw_step(filling, request, step, called_for(request, filling))


def serve_expired(page: Any, request: HttpRequest, number: int) -> HttpResponse:
    """Show a step as it was filled in when its CSRF token was missing or stale."""
    filling = fillings.find(page, request)
    step = _step(filling, number) if filling else None
    if filling is None or step is None:
        return to(page, request, "")
    if not filling.is_begun and not admits(page, request):
        return answer_gone(request, page=page, status=403)
    typed = _typed(filling, step, request)
    return draw_step(filling.with_typed(typed), request, step, EXPIRED, 403)


def serve_exit(page: Any, request: HttpRequest, number: int) -> HttpResponse:
    """Show an exit, or go on in spite of it."""
    filling = fillings.find(page, request)
    if filling is None:
        return to(page, request, "")
    exits = [place for place in filling.route.places if place.item["kind"] == EXIT]
    place = next((place for place in exits if place.number == number), None)
    if place is None or not filling.route.is_reached(place.address):
        return to(page, request, filling.route.next_address)
    if request.method != "POST":
        return draw_exit(filling, request, place)
    step = _step_before(filling, place)
    passed = {place.item["id"]: True}
    counts = happened.after_exit(filling.with_typed(passed), request, place)
    passed |= happened.marks(counts)
    response = to(page, request, filling.with_typed(passed).route.next_address)
    try:
        fillings.check_limit(filling, request, step, passed)
        fillings.save(filling, step, passed, response)
    except GoneError:
        return draw_exit(filling, request, place, GONE, 409)
    except OverLimitError as error:
        over = error.limit
        return too_often(draw_exit(filling, request, place, over.advice, 429), over)
    except (precheck.TooLargeError, EncryptionError, *DATABASE_DOWN):
        return unavailable(draw_exit(filling, request, place, UNAVAILABLE, 503))
    counting.count(page.pk, *counts)
    return response


def to(page: Any, request: HttpRequest, address: str, **query: str) -> HttpResponse:
    """Return a redirect to an address under the page's."""
    path = page.get_url_parts(request)[2]
    asked = "".join(f"?{name}={value}" for name, value in query.items() if value)
    response = HttpResponseRedirect(f"{path}{address}{asked}")
    response.status_code = 303
    return keep_private(response)


def _receive(filling: Filling, request: HttpRequest, step: Step) -> HttpResponse:
    typed = _typed(filling, step, request)
    anew = filling.with_typed(typed)
    if filling.draft and step.number > filling.begins_at and not filling.has_consented:
        anew.route.show_also(step.items)
        return draw_step(anew, request, step, NOT_AGREED, 409)
    try:
        typed |= _with_files(filling, request, step)
        fillings.check_limit(filling, request, step, typed)
        anew = filling.with_typed(typed)
        response = _lead_on(anew, request, step)
        address = "" if BACK in request.POST else _next(anew, request, step)[0]
        counts = happened.after_step(anew, request, step, address)
        typed |= happened.marks(counts)
        fillings.save(filling, step, typed, response, _key(filling, request))
    except (GoneError, DraftGone):
        # The answers that it depends on are gone, too.
        anew.route.show_also(step.items)
        return draw_step(anew, request, step, GONE, 409)
    except OverLimitError as error:
        over = error.limit
        return too_often(draw_step(anew, request, step, over.advice, 429), over)
    except precheck.TooLargeError:
        return _too_large(filling, typed, request, step)
    except (*DATABASE_DOWN, EncryptionError):
        return unavailable(draw_step(anew, request, step, UNAVAILABLE, 503))
    counting.count(filling.page.pk, *counts)
    return response


def _too_large(
    filling: Filling, typed: dict[str, Any], request: HttpRequest, step: Step
) -> HttpResponse:
    """Say what to do about more than the browser keeps before the consent."""
    anew = filling.with_typed(typed)
    if BACK not in request.POST:
        notice = AGREE_FIRST if step.number == filling.begins_at else TOO_LARGE
        return draw_step(anew, request, step, notice, 422)
    before = anew.route.before(step)
    response = to(anew.page, request, before, notice="not-kept")
    # Without the longest answers the rest may be kept.
    lengths = {name: len(json.dumps(value)) for name, value in typed.items()}
    short = {name: typed[name] for name in typed if lengths[name] <= _SHORT}
    with suppress(precheck.TooLargeError):
        fillings.save(filling, step, short, response)
    return response


def _key(filling: Filling, request: HttpRequest) -> UUID | None:
    """Return the key that came with a step, under which a draft is begun once."""
    token = FormToken.read(request.POST.get(TOKEN, ""))
    if token is None or token.definition_pk != filling.definition.pk:
        return None
    return token.submission_key


def _lead_on(anew: Filling, request: HttpRequest, step: Step) -> HttpResponse:
    # A filled honeypot stops nobody here, where nothing is sent: the review asks.
    address, query = _next(anew, request, step)
    return to(anew.page, request, address, **query)


def _with_files(filling: Filling, request: HttpRequest, step: Step) -> dict[str, Any]:
    """Keep the files that were posted with a step; return what is typed of them."""
    if filling.draft is None:
        return {}  # only steps after that with which it begins ask for files
    if pk := request.POST.get(REMOVE):
        answers.remove(filling.draft, pk)
    return {
        question["id"]: answers.receive(
            filling.draft, question, field_name(question), request
        )
        for question in step.questions
        if question["kind"] == FILE and question["id"] in _shown(step, request)
    }


def _next(
    anew: Filling, request: HttpRequest, step: Step
) -> tuple[str, dict[str, str]]:
    """Return where a filled-in step leads, and the query of that address."""
    route = anew.route
    if BACK in request.POST:
        return route.before(step), {}
    if SAVE in request.POST:
        return f"{SAVE}/", {}
    changes = {CHANGE: "1"} if CHANGE in request.POST else {}
    if _stays(request):
        return step.address, changes
    if not route.is_done(step) or not changes:
        return route.after(step), changes if not route.is_done(step) else {}
    return route.next_address, changes if route.next_address != REVIEW else {}


def _typed(filling: Filling, step: Step, request: HttpRequest) -> dict[str, Any]:
    form, shown = filling.route.form, _shown(step, request)
    typed = read_posted(step, form, request.POST, shown)
    for question in step.questions:
        if question["kind"] == FILE and question["id"] in shown:
            # As it is until the files that came with it are kept.
            typed[question["id"]] = answers.not_kept(
                filling.typed.get(question["id"]) or {}, field_name(question), request
            )
    # Who went back or away, or added a file, has not said that it is finished.
    left = bool({BACK, SAVE} & set(request.POST))
    typed[step.item["id"]] = not left and not _stays(request)
    if f"{KEEP}-offered" in request.POST:
        typed[KEEP] = KEEP in request.POST
    return typed


def _shown(step: Step, request: HttpRequest) -> set[str]:
    return set(request.POST.getlist(ASKED)) or {q["id"] for q in step.questions}


def _stays(request: HttpRequest) -> bool:
    return STAY in request.POST or REMOVE in request.POST


def _step(filling: Filling, number: int) -> Step | None:
    steps = filling.route.all_steps
    return steps[number - 1] if 0 < number <= len(steps) else None


def _step_before(filling: Filling, place: Step) -> Step:
    """Return the step in which an exit stands."""
    steps = filling.route.all_steps
    return next(step for step in steps if place.item in step.items)


def too_often(response: HttpResponse, limit: Limit) -> HttpResponse:
    """Return the answer to somebody over ``limit``, with `Retry-After`."""
    response.headers["Retry-After"] = str(limit.seconds)
    return response


def unavailable(response: HttpResponse) -> HttpResponse:
    """Return the answer of a site whose database is gone, with `Retry-After`."""
    if not connection.in_atomic_block:
        # A broken connection would break the page with the kept answers too.
        connection.close_if_unusable_or_obsolete()
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response
