"""The headers that every page is sent with: the same from nginx, the store and a view.

A page whose answer has others is not kept: one with a cookie, a token, a download or a
policy of its own falls out by that.
"""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.test import RequestFactory

from delivery.addresses import hosts

Headers = dict[str, str]

# What belongs to one answer, and is made anew for a stored one.
_OF_THE_CONTENT = {"content-type", "content-length", "content-encoding", "vary"}
_VARIES_BY = {"cookie", "accept-encoding"}
CONTENT_TYPE = "text/html; charset=utf-8"


@lru_cache(maxsize=1)
def standard_headers() -> Headers:
    """Return what the middleware adds to an answer that has nothing special."""
    handler = _Bare()
    handler.load_middleware()
    response = handler.get_response(_request())
    return {
        name: _canonical(name, value)
        for name, value in response.items()
        if name.lower() not in _OF_THE_CONTENT
    }


class _Bare(BaseHandler):
    """The site's middleware, around an empty page."""

    def _get_response(self, request: Any) -> HttpResponse:
        return HttpResponse(b"")


def _request() -> WSGIRequest:
    host = next(iter(hosts()), "localhost")
    name, _, port = host.partition(":")
    factory = RequestFactory(
        HTTP_HOST=host, SERVER_NAME=name, SERVER_PORT=port or "443"
    )
    secure = settings.WAGTAILADMIN_BASE_URL.startswith("https:")
    request = factory.get("/", secure=secure)
    if secure and settings.SECURE_PROXY_SSL_HEADER:
        header, value = settings.SECURE_PROXY_SSL_HEADER
        request.META[header] = value
    return request


def is_standard(status: str, headers: list[tuple[str, str]]) -> bool:
    """Return whether an answer is a page with nothing but the headers of all."""
    own, others = {}, []
    for name, value in headers:
        if name.lower() in _OF_THE_CONTENT:
            own[name.lower()] = value
        else:
            others.append((name, _canonical(name, value)))
    varies = {name.strip().lower() for name in own.get("vary", "").split(",")} - {""}
    return (
        status.startswith("200 ")
        and own.get("content-type") == CONTENT_TYPE
        and varies <= _VARIES_BY
        and sorted(others) == sorted(standard_headers().items())
    )


def _canonical(name: str, value: str) -> str:
    """Return a value as it is compared; a policy's parts come in any order."""
    if name.lower() != "content-security-policy":
        return value
    return "; ".join(sorted(part.strip() for part in value.split(";") if part.strip()))
