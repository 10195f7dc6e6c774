"""E-mails error reports to ``ADMINS``, without personal data.

Django's own handler adds what was posted, cookies, headers and local variables: on this
site, names, addresses and answers about health.
"""

import logging
import threading
import time
import traceback
from collections.abc import Iterator

from django.conf import settings
from django.core.mail import get_connection, mail_admins
from django.http import HttpRequest
from django.urls import Resolver404, resolve

SILENCE = 600  # seconds in which a process does not report the same fault again


class ErrorReportHandler(logging.Handler):
    """Sends the type of an error, the address and the traceback.

    In a thread of its own, since a mail server that hangs must not hold a visitor, and
    past the queue of other e-mails, since the database may be what has failed.
    """

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._reported: dict[str, float] = {}

    def emit(self, record: logging.LogRecord) -> None:
        try:
            status = getattr(record, "status_code", None)
            if status and status < 500:
                return  # a request that was wrong, not the site
            error = record.exc_info[1] if record.exc_info else None
            kind = type(error).__name__ if error else f"{status or record.levelname}"
            place = "".join(_traceback(error)) if error else _line(record)
            if self._is_new(kind + place):
                subject = f"{kind}{_address(getattr(record, 'request', None))}"
                _send(subject, f"{subject}\n\n{place}")
        except Exception:  # noqa: BLE001  a logger must not fail its caller
            self.handleError(record)

    def _is_new(self, fault: str) -> bool:
        now = time.monotonic()
        self._reported = {
            each: then for each, then in self._reported.items() if now - then < SILENCE
        }
        if fault in self._reported:
            return False
        self._reported[fault] = now
        return True


def _send(subject: str, body: str) -> None:
    threading.Thread(
        target=mail_admins,
        args=(subject, body),
        kwargs={"connection": get_connection(settings.MAIL_DELIVERY_BACKEND)},
        name="error report",
    ).start()


def _address(request: HttpRequest | None) -> str:
    """Return a page's path, or another view's URL pattern, as paths hold tokens."""
    if request is None:
        return ""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return ""
    if match.url_name == "wagtail_serve":
        return f" at {request.path_info}"
    route = match.route
    for name, value in match.kwargs.items():
        if isinstance(value, int):
            route = route.replace(f"<int:{name}>", str(value))
    return f" at /{route}"


def _line(record: logging.LogRecord) -> str:
    """Return the place of a log call, without its message, which may quote data."""
    return f'File "{record.pathname}", line {record.lineno}, in {record.funcName}\n'


def _traceback(error: BaseException) -> Iterator[str]:
    """Yield a traceback without exception messages, which may quote data."""
    earlier = error.__cause__
    if earlier is None and not error.__suppress_context__:
        earlier = error.__context__
    if earlier is not None:
        yield from _traceback(earlier)
        yield "\nWhile that was handled, or because of it:\n\n"
    yield "Traceback (most recent call last):\n"
    yield from traceback.format_tb(error.__traceback__)
    yield f"{type(error).__module__}.{type(error).__qualname__}\n"
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            yield "\nAs a part of it:\n\n"
            yield from _traceback(part)
