"""What is struck out of every line of the log."""

import logging
import re
from http import HTTPStatus

from seo.not_found.paths import normalised

# Addresses that were mailed to one person, or shown to one: Django logs those of
# requests that fail.
_SECRETS = re.compile(
    r"(/applications/(?:link/with|sent)/|/newsletter/(?:confirm|unsubscribe)/"
    r"|/consent/with/)[^/\s]+"
)
_NOTHING_THERE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}


class TokensStruckOut(logging.Filter):
    """Strikes the tokens of links out of messages, and what may be somebody's.

    Of an address where nothing is the line says what the report on such addresses says:
    people mistype links with their e-mail address or a token in them.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        # Without arguments it has been here before: of another handler.
        if (
            getattr(record, "status_code", None) in _NOTHING_THERE
            and isinstance(record.args, tuple)
            and record.args
        ):
            *others, path = record.args
            record.args = (*others, normalised(str(path)))
        message = record.getMessage()
        struck = _SECRETS.sub(r"\1…", message)
        if struck != message:
            record.msg, record.args = struck, ()
        return True
