"""What is struck out of every line of the log."""

import logging
import re
from http import HTTPStatus

from django.http import HttpRequest

from seo.not_found.paths import normalised

# Addresses that were mailed to one person, or shown to one: Django logs those of
# requests that fail.
_SECRETS = re.compile(
    r"(/applications/(?:link/with|sent)/|/newsletter/(?:confirm|unsubscribe)/"
    r"|/consent/with/|/due/with/|/review/with/)[^/\s]+"
)
_NOTHING_THERE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}


class TokensStruckOut(logging.Filter):
    """Strikes the tokens of links out of messages, and what may be somebody's.

    Of an address where nothing is the line says what the report on such addresses says:
    people mistype links with their e-mail address or a token in them. The same holds
    where something failed before anybody knew what is there.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.args and isinstance(record.args, tuple) and _is_of_no_view(record):
            *others, path = record.args
            record.args = (*others, normalised(str(path)))
        message = record.getMessage()
        struck = _SECRETS.sub(r"\1…", message)
        if struck != message:
            record.msg, record.args = struck, ()
        return True


def _is_of_no_view(record: logging.LogRecord) -> bool:
    """Return whether a request failed at an address that is typed, not one of ours."""
    request, status = getattr(record, "request", None), _status(record)
    if status < HTTPStatus.BAD_REQUEST or not isinstance(request, HttpRequest):
        return False
    match = request.resolver_match
    is_a_page = match is None or match.view_name == "wagtail_serve"
    return is_a_page or status in _NOTHING_THERE


def _status(record: logging.LogRecord) -> int:
    return getattr(record, "status_code", None) or 0
