"""Closes the admin to users who need a second factor until they give it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from users import second_factor

# What somebody needs to get in, or to leave.
OPEN = {
    "account_login",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_logout",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_complete",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_sprite",
}


class SecondFactorMiddleware:
    """Guards every URL of the admin."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Redirect to the page that sets up the second factor.

        Nothing is asked of the session or the database for public pages.
        """
        if not request.path.startswith(reverse("wagtailadmin_home")) or (
            request.resolver_match and request.resolver_match.view_name in OPEN
        ):
            return None
        if (
            not request.user.is_authenticated
            or second_factor.was_given(request)
            or not second_factor.is_required_of(request.user)
        ):
            return None
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            raise PermissionDenied
        if request.method in {"GET", "HEAD"}:
            return redirect("mfa_activate_totp")
        # Not a redirect: the way back must lead to the form as it was filled in.
        context = {
            "title": _("Nothing was saved yet"),
            "advice": _(
                "Your account now needs a second factor. Set it up in a new tab, then "
                "come back to this one, go back to your form and save it again."
            ),
            "set_up": True,
        }
        return render(request, "users/refused.html", context, status=403)
