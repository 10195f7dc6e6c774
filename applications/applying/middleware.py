"""Middleware of forms that are being filled in."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from applications.applying import going_on


class GoingOnMiddleware:
    """Answers where nothing is found, for who has begun a form there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        return going_on.serve(request) if isinstance(exception, Http404) else None
