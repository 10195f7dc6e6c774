"""Middleware of this app."""

import logging
import re
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib import messages
from django.core.paginator import InvalidPage
from django.db import DatabaseError, DataError, IntegrityError
from django.db.models import ProtectedError, RestrictedError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseRedirect,
    JsonResponse,
)
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found

from core.media.private_files import NotMoved
from core.media.renditions import Missing, missing
from core.media.tasks import PATIENT, make_missing
from core.publishing.gate import PublishBlocked
from core.tasks import enqueue_once, waits_in_queue
from core.views.errors import bad_request

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponse]


def in_admin(request: HttpRequest) -> bool:
    """Return whether the request is for the admin."""
    return request.path_info.startswith(reverse("wagtailadmin_home"))


def cross_origin_resource_policy(get_response: GetResponse) -> GetResponse:
    """Send Cross-Origin-Resource-Policy, so that other sites cannot embed answers.

    Browsers then give them nothing to measure or read. Static files and uploads are
    public, and shown elsewhere: in feed readers, mail programs, cards, search results.
    A view whose answer is so, too, says it itself.
    """
    files = (settings.STATIC_URL, settings.MEDIA_URL)

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        policy = "cross-origin" if request.path.startswith(files) else "same-origin"
        response.headers.setdefault("Cross-Origin-Resource-Policy", policy)
        return response

    return middleware


def make_pictures_later(get_response: GetResponse) -> GetResponse:
    """Answer with renditions that are made fast, and queue the others.

    Nobody keeps such an answer: the next one has the pictures as they are to be. Where
    tasks run at once, there is no later.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if hasattr(request, PATIENT) or not waits_in_queue(make_missing):
            return get_response(request)
        found = Missing(set)
        token = missing.set(found)
        try:
            response = get_response(request)
        finally:
            missing.reset(token)
        if found:
            response.headers.setdefault("Cache-Control", "no-store")
            with suppress(DatabaseError):  # the next visit asks again
                for pk, specs in sorted(found.items()):
                    if specs:
                        enqueue_once(make_missing, pk, sorted(specs))
        return response

    return middleware


def refuse_nul_bytes(get_response: GetResponse) -> GetResponse:
    """Answer 400 to an address with a NUL byte, which PostgreSQL refuses."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest(
                _(
                    "This address contains a character that none of our pages has. "
                    "Check the link, or start from the front page."
                ),
                content_type="text/plain",
            )
        return get_response(request)

    return middleware


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Sends the site's policy, with additions for Wagtail under /admin/."""

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,
    ) -> Any:
        parts = super().get_policy_parts(request, response, report_only)
        if in_admin(request):
            parts.update = settings.ADMIN_CONTENT_SECURITY_POLICY | (parts.update or {})
        return parts


# Indentation of templates and lines that they leave blank: a tenth of a page, and a
# twenty-fifth of a compressed one. Browsers print it as they print the end of the line
# before, but for what is typed.
_INDENTATION = re.compile(rb"\n\s+")
_KEEPS_INDENTATION = re.compile(rb"<(?:pre|textarea)\b", re.IGNORECASE)


class PublicGZipMiddleware(GZipMiddleware):
    """Takes indentation out of public pages, and compresses where no proxy does.

    Not the admin, and no answer to a post: there what somebody sent may stand beside
    what others must not guess, and sizes tell (BREACH). Nor pictures and films, which
    are compressed already and asked for in parts.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        kind = response.get("Content-Type", "")
        is_text = kind.startswith("text/") or "xml" in kind or "json" in kind
        # A part is counted in bytes of the file, which are others when compressed.
        is_part = response.status_code == HTTPStatus.PARTIAL_CONTENT
        if request.method != "GET" or in_admin(request) or not is_text or is_part:
            return response
        if kind.startswith("text/html") and not response.streaming:
            self._shorten(response)
        return super().process_response(request, response)

    def _shorten(self, response: Any) -> None:
        content = response.content
        is_encoded = response.has_header("Content-Encoding")
        if is_encoded or _KEEPS_INDENTATION.search(content):
            return
        response.content = _INDENTATION.sub(b"\n", content).lstrip()
        # Of an answer that is too short to be compressed, nobody counts it again.
        response.headers["Content-Length"] = str(len(response.content))


# More digits than a number may have that every database takes, which is 2,147,483,647.
_LARGE_NUMBER = re.compile(r"\d{10}")


class LargeNumberMiddleware:
    """Turns the database's error for too large a number into 404 or 400.

    Where views ask for one record, Django knows that none has such a number; but not
    where they ask for several, or for a page of a list.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """Answer 404 for a number in the address, 400 for a number in a form."""
        if not self._is_about_a_number(request, exception):
            return None
        if _LARGE_NUMBER.search(request.get_full_path()):
            template = "wagtailadmin/404.html" if in_admin(request) else "404.html"
            return page_not_found(request, exception, template)
        if any(map(_LARGE_NUMBER.search, map(str, request.POST.values()))):
            return bad_request(request, exception)
        return None

    def _is_about_a_number(self, request: HttpRequest, exception: Exception) -> bool:
        if isinstance(exception, IntegrityError):  # SQLite's answer to a large OFFSET
            return request.method == "GET"
        return isinstance(exception, OverflowError | DataError | InvalidPage)


class PublishRefusalMiddleware:
    """Turns a refusal of the publish gate that no form caught into a message."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """Redirect to the page with the reasons, also from a modal."""
        if not isinstance(exception, PublishBlocked):
            return None
        for problem in exception.problems:
            messages.error(request, problem.sentence)
        if exception.page_pk:
            url = reverse("wagtailadmin_pages:edit", args=[exception.page_pk])
        else:
            url = reverse("wagtailadmin_home")
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return JsonResponse({"step": "success", "redirect": url})
        return HttpResponseRedirect(url)


class StoreFailureMiddleware:
    """Turns a store's failure to take files of people into a message."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """Redirect to the admin's front page; forms say so beside their fields."""
        if not isinstance(exception, NotMoved):
            return None
        logger.warning("Files were not moved: %s", type(exception.__cause__).__name__)
        messages.error(request, exception.sentence)
        return HttpResponseRedirect(reverse("wagtailadmin_home"))


class DeletionRefusalMiddleware:
    """Turns the database's refusal to delete a record in use into a message."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """Redirect to the confirmation page, where Wagtail lists the uses."""
        if not isinstance(exception, ProtectedError | RestrictedError):
            return None
        messages.error(
            request,
            _(
                "Nothing was deleted: something that stays still refers to it, or "
                "to what lies beneath it. Take it out there first."
            ),
        )
        return HttpResponseRedirect(request.get_full_path())
