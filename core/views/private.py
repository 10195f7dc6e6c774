"""Answers at addresses that belong to one person."""

from typing import TypeVar

from django.http import HttpResponseBase
from django.utils.cache import patch_cache_control

Response = TypeVar("Response", bound=HttpResponseBase)


def keep_private(response: Response) -> Response:
    """Keep ``response`` out of caches, and its address out of Referer headers.

    The policy is not ``no-referrer``: with it browsers send ``Origin: null`` when the
    form is posted, which the protection against forged requests must refuse.
    """
    patch_cache_control(response, no_store=True, private=True)
    response.headers["Referrer-Policy"] = "same-origin"
    return response
