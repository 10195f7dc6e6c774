"""What this app does around every request."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
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

from core.gate import PublishBlocked

GetResponse = Callable[[HttpRequest], HttpResponse]


def in_admin(request: HttpRequest) -> bool:
    """Return whether the address is one of the admin's."""
    return request.path_info.startswith(reverse("wagtailadmin_home"))


def refuse_nul_bytes(get_response: GetResponse) -> GetResponse:
    """Answer 400 to an address with a NUL byte, which PostgreSQL cannot take."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest(
                "This address holds a character that no page of ours has. "
                "Check the link, or start from the front page.",
                content_type="text/plain",
            )
        return get_response(request)

    return middleware


def admin_csp(get_response: GetResponse) -> GetResponse:
    """Loosen the Content-Security-Policy under /admin/ and nowhere else.

    It stands inside django-csp's middleware, which writes the header, so that it can
    mark the response before.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if in_admin(request):
            response._csp_update = settings.ADMIN_CONTENT_SECURITY_POLICY  # type: ignore[attr-defined]
        return response

    return middleware


class PublicGZipMiddleware(GZipMiddleware):
    """Compress what visitors read, where no proxy does.

    Not the admin, and no answer to a post: there what somebody sent may stand beside
    what others must not guess, and sizes tell (BREACH). Nor pictures and films, which
    are compressed already and asked for in parts.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        kind = response.get("Content-Type", "")
        is_text = kind.startswith("text/") or "xml" in kind or "json" in kind
        if request.method != "GET" or in_admin(request) or not is_text:
            return response
        return super().process_response(request, response)


class PublishRefusalMiddleware:
    """Turn any refusal of the publish gate that no form caught into a message."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """Lead back to the page with the reasons; a modal is told to follow."""
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


class DeletionRefusalMiddleware:
    """Turn a refusal by the database to delete what is in use into a message."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """Lead back to where the deletion was asked for; Wagtail lists uses there."""
        if not isinstance(exception, ProtectedError | RestrictedError):
            return None
        messages.error(
            request,
            "Nothing was deleted: something that stays still refers to it, or to what "
            "lies beneath it. Take it out there first.",
        )
        return HttpResponseRedirect(request.get_full_path())
