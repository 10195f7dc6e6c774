"""Tells an open editor whether its user is still signed in."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def session(request: HttpRequest) -> JsonResponse:
    """Answer with the id of the user and a token for forms that are open.

    The token in a form is no longer good once somebody has signed in anew.
    """
    return JsonResponse({"user": request.user.pk, "token": get_token(request)})


@never_cache
@require_safe
def back_again(request: HttpRequest) -> HttpResponse:
    """Send whoever has just signed in back to the window that waits for it."""
    title = _("You are signed in again")
    return render(request, "users/back_again.html", {"title": title})
