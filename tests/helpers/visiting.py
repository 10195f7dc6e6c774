"""Requests through the WSGI application, as a server makes them.

Django's test client leaves connections to the database as they are. A server has them
checked before and after each request, and so do these, but for the connection that a
test's own transaction is open on.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

from bs4 import BeautifulSoup
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import RequestFactory

CSRF_SECRET = "abcdefghijklmnopqrstuvwxyz012345"  # what the browser's cookie holds


@dataclass
class Answer:
    status: int
    headers: dict
    text: str

    @property
    def soup(self):
        return BeautifulSoup(self.text, "html.parser")


def visit(path, data=None, headers=None, as_somebody=False):
    """Get ``path``, or post ``data`` there from a page of this site; what came back."""
    factory = RequestFactory(headers=headers)
    factory.cookies["csrftoken"] = CSRF_SECRET
    if as_somebody:
        factory.cookies["sessionid"] = "x" * 32
    if data is None:
        request = factory.get(path)
    else:
        request = factory.post(
            path,
            urlencode({"csrfmiddlewaretoken": CSRF_SECRET, **dict(data)}, doseq=True),
            content_type="application/x-www-form-urlencoded",
        )
    started = {}

    def start_response(status, headers, exc_info=None):
        started.update(status=int(status.split()[0]), headers=dict(headers))

    with open_transaction_kept():
        response = WSGIHandler()(request.environ, start_response)
        try:
            body = b"".join(response)
        finally:
            response.close()
    return Answer(text=body.decode(), **started)


@contextmanager
def open_transaction_kept():
    signals = (request_started, request_finished) if connection.in_atomic_block else ()
    kept = [signal for signal in signals if signal.disconnect(close_old_connections)]
    yield
    for signal in kept:
        signal.connect(close_old_connections)
