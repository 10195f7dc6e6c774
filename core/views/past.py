"""What readers get of a page whose time is over: nothing."""

from typing import Any

from django.http import Http404, HttpRequest

from core.querysets import is_past


def refuse_past_pages(page: Any, request: HttpRequest, args: Any, kwargs: Any) -> None:
    """Answer 404 for a page whose time is over, though no timer has taken it down.

    Raises:
        Http404: It is.
    """
    if is_past(page):
        raise Http404
