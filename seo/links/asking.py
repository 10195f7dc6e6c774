"""Asks this site for its own addresses, as a reader does, without a network."""

from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http.response import HttpResponseBase
from wagtail.models import Site

# In the request's META: nobody has come, so nobody is counted.
IS_OUR_OWN = "seo.links"


def own_hosts() -> set[str]:
    """Return the hosts of this site, with ports as they stand in addresses."""
    return {urlsplit(site.root_url).netloc for site in Site.objects.all()}


class Asker:
    """Asks for addresses in this process."""

    def __init__(self) -> None:
        self._handler = BaseHandler()
        self._handler.load_middleware()

    def ask(self, address: str, method: str = "GET") -> tuple[int, str, bytes]:
        """Return status, where it leads on to, and content if it is HTML."""
        response = self.response(address, method)
        return response.status_code, response.get("Location", ""), html(response)

    def response(self, address: str, method: str = "GET") -> HttpResponseBase:
        """Return the answer; of a file that is sent, its headers alone."""
        response = self._handler.get_response(request_for(address, method))
        # Not closed itself: that would end a request, and its connections with it.
        if file := getattr(response, "file_to_stream", None):
            file.close()
        return response


def request_for(address: str, method: str = "GET") -> WSGIRequest:
    """Return the request of somebody who is not logged in, for an absolute address."""
    return WSGIRequest(_environ(address, method))


def html(response: HttpResponseBase) -> bytes:
    """Return the content of an answer that is HTML, else nothing."""
    if response.streaming or "html" not in response.get("Content-Type", ""):
        return b""
    return bytes(getattr(response, "content", b""))


def _environ(address: str, method: str) -> dict[str, Any]:
    parts = urlsplit(address)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": unquote_to_bytes(parts.path).decode("latin-1"),
        "QUERY_STRING": parts.query,
        "SCRIPT_NAME": "",
        "HTTP_HOST": parts.netloc,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": BytesIO(),
        "wsgi.url_scheme": parts.scheme,
        IS_OUR_OWN: True,
    }
    setup_testing_defaults(environ)
    if parts.scheme == "https" and settings.SECURE_PROXY_SSL_HEADER:
        name, secure = settings.SECURE_PROXY_SSL_HEADER
        environ[name] = secure
    return environ
