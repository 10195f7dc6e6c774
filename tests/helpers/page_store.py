"""Visits the site as a server does, through the layer that keeps its pages."""

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

from django.core.wsgi import get_wsgi_application

from delivery.store import PageStore
from tests.helpers.visiting import open_transaction_kept

HOST = "localhost:8000"


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()


class Visitor:
    """Asks the outermost layer.

    ``made`` counts what the site itself made; ``meanwhile`` is called when it has made
    an answer and before the store has that.
    """

    def __init__(self) -> None:
        self.made = 0
        self.meanwhile: Callable[[], None] = lambda: None
        site = get_wsgi_application()

        def counted(environ: Any, start_response: Any) -> Iterable[bytes]:
            self.made += 1
            answer = site(environ, start_response)
            self.meanwhile()
            return answer

        # Both sides of the layer keep to the protocol, or this raises.
        self.application = validator(PageStore(validator(counted)))

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, **headers)

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """Ask for a path as it is sent, with headers such as ``Accept_Encoding``."""
        address, _, query = path.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": unquote_to_bytes(address).decode("latin-1"),
            "QUERY_STRING": query,
            "SCRIPT_NAME": "",
            "HTTP_HOST": HOST,
            "wsgi.input": BytesIO(body),
            "CONTENT_LENGTH": str(len(body)),
        }
        for name, value in headers.items():
            environ[f"HTTP_{name.upper()}"] = value
        setup_testing_defaults(environ)
        started: list[Any] = []

        def start_response(status: str, given: list[Any], exc_info: Any = None) -> Any:
            started[:] = [status, given]
            return lambda data: None

        with open_transaction_kept():
            parts = self.application(environ, start_response)
            try:
                content = b"".join(parts)
            finally:
                parts.close()
        status, given = started
        return Answer(int(status[:3]), dict(given), content)
