"""Goes on with a form that is no longer where, or for whom, it was begun.

A form may be unpublished, past its time, made private, or given another address while
somebody fills it in. Who has begun it keeps it: by the cookie of a draft or pre-check,
or by the token of what is posted. Everybody else gets what is there now.
"""

from contextlib import suppress
from http.cookies import Morsel
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import http_date

from applications.applying.entered import finding
from applications.applying.forms import TOKEN
from applications.applying.gone import answer_gone
from applications.applying.notices import DATABASE_DOWN
from applications.applying.steps import drafts, precheck
from applications.applying.steps.filling import Filling, find
from applications.applying.steps.route import behind
from applications.applying.steps.stepping import to
from applications.applying.tokens import LONGEST, FormToken
from applications.models.definitions import FormDefinition
from applications.models.pages import ApplicationFormPage
from core.page_language import serve_in_its_language

_COOKIES = (drafts.COOKIE, precheck.COOKIE, finding.COOKIE)
# Stays at the old address, says which form was there, and opens nothing.
_MOVED = "moved_form"
_SALT = "applications.moved"


def begun_form(request: HttpRequest) -> ApplicationFormPage | None:
    """Return the form that this browser has begun, None when it has begun none.

    A form of one page has been begun by whoever posts its token within a day.
    """
    if token := _posted(request):
        definition = FormDefinition.objects.filter(pk=token.definition_pk).first()
        if definition and (token.age < LONGEST or _has_begun(definition.page, request)):
            return definition.page
    if draft := finding.find(request) or drafts.find(request):
        return draft.definition.page
    return precheck.form_of(request, ApplicationFormPage)


def is_begun(page: ApplicationFormPage, request: HttpRequest) -> bool:
    """Return whether this browser has begun ``page`` and no other form."""
    return _may_have_begun(request) and begun_form(request) == page


def serve(request: HttpRequest) -> HttpResponse | None:
    """Answer a request that no page answers; None when it is of no form begun."""
    if _may_have_begun(request) and (page := begun_form(request)):
        return serve_in_its_language(_serve)(page, request, (), {})
    if _posted(request):
        return answer_gone(request)
    if page := _form_that_was_here(request):
        # Such as on going back.
        return to(page, request, behind(request.path))
    return None


def answer_expired(request: HttpRequest) -> HttpResponse | None:
    """Show what was posted, without a valid CSRF token, to a form that is gone.

    None if it is not from a form.
    """
    return answer_gone(request, status=403) if _posted(request) else None


def page_of(request: HttpRequest) -> ApplicationFormPage | None:
    """Return the form to which a post belongs that was refused before any page."""
    return begun_form(request) if _may_have_begun(request) else None


def _serve(page: Any, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
    own, rest = page.get_url_parts(request)[2], behind(request.path)
    old = request.path.removesuffix(rest)
    if old != own and request.method != "POST":
        return _moved(page, request, old, to(page, request, rest, notice="moved"))
    if not rest and request.method != "POST":
        # The page itself is there no more, only what was begun.
        filling = find(page, request)
        if filling is None or not filling.is_begun:
            raise Http404  # such as a draft that nobody can read any more
        return to(page, request, filling.route.next_address)
    view, view_args, view_kwargs = page.resolve_subpage(f"/{rest}")
    response = page.serve(request, view, view_args, view_kwargs)
    return response if old == own else _moved(page, request, old, response)


def _moved(
    page: Any, request: HttpRequest, old: str, response: HttpResponse
) -> HttpResponse:
    """Let cookies of an old address follow a redirect to the form's own.

    What is drawn stays at the address where it was typed, and so do its cookies. Its
    links lead to the form's own, which needs them as well.
    """
    if not isinstance(response, HttpResponseRedirect):
        # What was typed is shown although the database is gone.
        with suppress(*DATABASE_DOWN):
            _keep_cookies(find(page, request), request, response)
        return response
    own = page.get_url_parts(request)[2]
    if urlsplit(response.url).path.startswith(own) and "?" not in response.url:
        response.headers["Location"] = f"{response.url}?notice=moved"
    _keep_cookies(find(page, request), request, response)
    for name in request.COOKIES.keys() & set(_COOKIES):
        response.cookies[f"{name} {old}"] = _ended(name, old)
    response.set_cookie(
        _MOVED,
        signing.dumps(page.pk, salt=_SALT),
        path=old,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _form_that_was_here(request: HttpRequest) -> ApplicationFormPage | None:
    """Return the form that this browser knew at this address and is elsewhere now."""
    try:
        pk = signing.loads(request.COOKIES.get(_MOVED, ""), salt=_SALT)
    except signing.BadSignature:
        return None
    page = ApplicationFormPage.objects.filter(pk=pk).first()
    # It may have moved back since.
    here = request.path.removesuffix(behind(request.path))
    return page if page and page.get_url_parts(request)[2] != here else None


def _keep_cookies(
    filling: Filling | None, request: HttpRequest, response: HttpResponse
) -> None:
    for name in request.COOKIES.keys() & set(_COOKIES):
        if filling and name not in response.cookies:
            _keep_cookie(filling, name, response)


def _keep_cookie(filling: Filling, name: str, response: HttpResponse) -> None:
    draft = filling.draft
    if draft and draft.is_entered:
        if name == finding.COOKIE:
            finding.remember(response, filling.path, filling.secret)
    elif draft and name == drafts.COOKIE:
        kept_until = draft.expires_at if draft.kept else None
        drafts.remember(response, filling.path, filling.secret, kept_until)
    elif not draft and name == precheck.COOKIE and filling.is_begun:
        precheck.keep(
            response,
            filling.page,
            filling.path,
            filling.definition.pk,
            filling.typed,
        )


def _ended(name: str, path: str) -> "Morsel[str]":
    """Return a cookie that ends one of the same name at another path.

    Django's own method knows one cookie a name.
    """
    ended: Morsel[str] = Morsel()
    ended.set(name, "", "")
    ended.update({"path": path, "max-age": "0", "expires": http_date(0)})
    return ended


def _has_begun(page: Any, request: HttpRequest) -> bool:
    try:
        filling = find(page, request)
    except Http404:
        return False  # another one
    return filling is not None and filling.is_begun


def _posted(request: HttpRequest) -> FormToken | None:
    return FormToken.read(request.POST.get(TOKEN, ""))


def _may_have_begun(request: HttpRequest) -> bool:
    """Return whether it is worth asking the database."""
    return any(name in request.COOKIES for name in _COOKIES) or bool(_posted(request))
