"""What is struck out of every line of the log."""

import logging
import re

# Addresses that were mailed to one person, or shown to one: Django logs those of
# requests that fail.
_SECRETS = re.compile(
    r"(/applications/(?:link/with|sent)/|/newsletter/(?:confirm|unsubscribe)/"
    r"|/consent/with/)[^/\s]+"
)


class TokensStruckOut(logging.Filter):
    """Strikes the tokens of links out of messages."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        struck = _SECRETS.sub(r"\1…", message)
        if struck != message:
            record.msg, record.args = struck, ()
        return True
