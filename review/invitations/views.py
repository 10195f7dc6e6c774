"""The pages on which somebody without an account reviews one draft.

Who has the link may read the draft; following it changes nothing. A decision needs the
code that is mailed to the person besides. Whatever other address is asked for gets one
and the same refusal.
"""

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from core.encryption import EncryptionError
from core.publishing.gate import PublishBlocked
from core.views.private import keep_private
from review.approving import ReviewForm
from review.four_eyes import is_withheld
from review.invitations.answering import approve_invited, has_changed, request_changes
from review.invitations.forms import ChangesForm, CodeForm, wrong_code
from review.invitations.mailing import end, mail_code
from review.models.invitations import Invitation
from users.limits import Limit, is_within

logger = logging.getLogger(__name__)

_TEN_MINUTES = 10 * 60  # seconds
_WAIT = _("Wait ten minutes, then try again. What you typed is still here.")
_NO_KEY = _(
    "We cannot send codes or take answers at the moment. Nothing was recorded, and "
    "what you typed is still here. Try again later, or tell whoever invited you."
)
VISITS = Limit("review-links", 60, _TEN_MINUTES, _WAIT)
CODES = Limit("review-codes", 10, _TEN_MINUTES, _WAIT)
TRIES = Limit("review-code-tries", 20, _TEN_MINUTES, _WAIT)
_SEE_OTHER = 303


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, token: str) -> HttpResponse:
    """Ask a person for their review, and take their answer."""
    if not is_within(request, VISITS):
        return _page(request, "limit", {"notice": VISITS.advice}, status=429)
    invitation = _with_token(token)
    if invitation is None:
        return _refused(request)
    if request.method == "POST" and not has_changed(invitation):
        try:
            return _act(request, invitation, token)
        except EncryptionError:
            logger.exception("A reviewer's answer cannot be taken")
            problems = [str(_NO_KEY)]
            return _shown(request, invitation, token, status=503, problems=problems)
    return _shown(request, invitation, token)


@require_safe
def draft(request: Any, token: str) -> HttpResponse:
    """Show the version that somebody is invited to, as its readers would see it."""
    if not is_within(request, VISITS):
        return _page(request, "limit", {"notice": VISITS.advice}, status=429)
    invitation = _with_token(token)
    if invitation is None:
        return _refused(request)
    page: Any = invitation.revision.as_object()  # type: ignore[union-attr]
    request.is_preview = True
    response = page.serve_preview(request, page.default_preview_mode)
    if hasattr(response, "render"):
        response.render()
    response = _kept_private(response)
    # Links on the page lead elsewhere; nothing on it is posted.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Say that the answer has arrived; at an address that tells of nobody."""
    return _page(request, "thanks", {})


def _with_token(token: str) -> Invitation | None:
    """Return the usable invitation whose draft may be shown to somebody now."""
    invitation = Invitation.objects.with_token(token)
    if invitation is None:
        return None
    draft: Any = invitation.revision.as_object()  # type: ignore[union-attr]
    return None if is_withheld(draft) else invitation


def _act(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    match request.POST.get("act"):
        case "code":
            return _send_code(request, invitation, token)
        case "approve":
            form = _review_form(invitation, request.POST)
            answer = form.is_valid() and (
                lambda: approve_invited(invitation, request.POST.dict())
            )
            return _answer(request, invitation, token, answer, review=form)
        case "changes":
            changes = ChangesForm(request.POST)
            answer = changes.is_valid() and (
                lambda: request_changes(invitation, changes.cleaned_data["comment"])
            )
            return _answer(request, invitation, token, answer, changes=changes)
    return _shown(request, invitation, token, status=422)


def _send_code(
    request: HttpRequest, invitation: Invitation, token: str
) -> HttpResponse:
    if invitation.is_spent:
        end(invitation, None)
        return _refused(request)
    if not is_within(request, CODES):
        return _too_many(request, invitation, token, CODES)
    if mail_code(invitation):
        notice = gettext(
            "We have sent you an e-mail with a code. It works for ten minutes. Type it "
            "at the end of this page."
        )
    else:
        notice = gettext(
            "We have sent you a code a moment ago. Look for our e-mail, or wait half a "
            "minute and ask for another."
        )
    return _shown(request, invitation, token, notice=notice)


def _answer(
    request: HttpRequest, invitation: Invitation, token: str, answer: Any, **forms: Any
) -> HttpResponse:
    """Do what was decided, if all of it is filled in and the code is right.

    Args:
        request: With what was typed.
        invitation: Whose.
        token: Of the link.
        answer: Carries the decision out; false where its form has errors.
        forms: The form with the errors.
    """
    code = CodeForm(request.POST)
    if not code.is_valid() or not answer:
        return _shown(request, invitation, token, status=422, code=code, **forms)
    if not is_within(request, TRIES):
        return _too_many(request, invitation, token, TRIES)
    if not invitation.admits(code.cleaned_data["code"]):
        code.add_error("code", wrong_code())
        return _shown(request, invitation, token, status=422, code=code, **forms)
    try:
        answer()
    except PublishBlocked as error:
        refused = _with_token(token)
        if refused is None:  # somebody else has decided, or a consent was withdrawn
            return _refused(request)
        return _shown(request, refused, token, status=422, problems=error.messages)
    response = redirect("invited:thanks")
    response.status_code = _SEE_OTHER
    return _kept_private(response)


def _too_many(
    request: HttpRequest, invitation: Invitation, token: str, limit: Limit
) -> HttpResponse:
    response = _shown(
        request, invitation, token, status=429, problems=[str(limit.advice)]
    )
    response.headers["Retry-After"] = str(limit.seconds)
    return response


def _review_form(
    invitation: Invitation, data: Any = None, typed: Any = None
) -> ReviewForm:
    page: Any = invitation.revision.as_object()  # type: ignore[union-attr]
    form = ReviewForm(
        data, page=page, person=invitation.person, invitation=invitation, typed=typed
    )
    # Which version it is about is said by the invitation.
    form.fields.pop("version")
    form.initial["version"] = None
    return form


def _shown(
    request: HttpRequest,
    invitation: Invitation,
    token: str,
    status: int = 200,
    **forms: Any,
) -> HttpResponse:
    typed = request.POST.dict() if request.method == "POST" else {}
    review_form = forms.get("review") or _review_form(invitation, typed=typed)
    page: Any = invitation.revision.as_object()  # type: ignore[union-attr]
    context = {
        "page_title": page.title,
        "draft_url": reverse("invited:draft", args=[token]),
        "has_changed": has_changed(invitation),
        "refusal": review_form.refusal,
        "review": review_form,
        "changes": forms.get("changes") or ChangesForm(initial=typed),
        "code": forms.get("code") or CodeForm(),
        "until": invitation.expires_at,
        "reviewer": invitation.person.title,
        "notice": forms.get("notice", ""),
        "problems": forms.get("problems", []),
        "has_error": status != 200,
    }
    return _page(request, "review", context, status)


def _refused(request: HttpRequest) -> HttpResponse:
    return _page(request, "refused", {}, status=410)


def _page(
    request: HttpRequest, name: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    template = f"review/invitations/{name}.html"
    response = render(request, template, context, status=status)
    if status == 429:
        response.headers["Retry-After"] = str(_TEN_MINUTES)
    return _kept_private(response)


def _kept_private(response: Any) -> Any:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return keep_private(response)
