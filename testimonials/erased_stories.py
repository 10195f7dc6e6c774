"""Tells readers that a story was taken back, where it stood."""

from collections.abc import Callable, Iterable
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse

from core.encryption import EncryptionError, digest, digests
from testimonials.models.erased_address import ErasedAddress
from testimonials.models.taken_back import taken_back

_READ = ("GET", "HEAD")


def remember(paths: Iterable[str]) -> None:
    """Remember that stories stood at ``paths``, without saying which."""
    for path in paths:
        ErasedAddress.objects.get_or_create(path_hash=digest(_named(path)))


class ErasedStoryMiddleware:
    """Answers 410 for 404 where an erased story stood, and nothing stands now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in _READ:
            return response
        return taken_back(request) if _was_erased(request.path) else response


def _was_erased(path: str) -> bool:
    try:
        hashes = digests(_named(path))
    except EncryptionError:
        return False
    return ErasedAddress.objects.filter(path_hash__in=hashes).exists()


def _named(path: str) -> str:
    return f"erased-story:{unquote(path).rstrip('/').casefold()}"
