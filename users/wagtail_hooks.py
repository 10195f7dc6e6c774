"""Wagtail hooks of this app."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from users.session import back_again, session


@hooks.register("register_account_menu_item")
def register_second_factor(request: HttpRequest) -> dict[str, str]:
    return {
        "url": reverse("mfa_index"),
        "label": gettext("Two-step sign-in"),
        "help_text": gettext(
            "Sign in with a code from your phone as well as your password."
        ),
    }


@hooks.register("register_admin_urls")
def register_session() -> list[URLPattern]:
    return [
        path("session/", session, name="session"),
        path("session/back/", back_again, name="back_again"),
    ]


@hooks.register("insert_editor_js")
def ask_before_anything_is_sent() -> str:
    return render_to_string("users/editor/session.html")


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    for action, label, message in (
        (
            "set_up",
            gettext_lazy("Set up second factor"),
            gettext_lazy("Set up a second factor"),
        ),
        (
            "removed",
            gettext_lazy("Remove second factor"),
            gettext_lazy("Removed the second factor"),
        ),
        (
            "reset",
            gettext_lazy("Reset second factor"),
            gettext_lazy("Reset the second factor from the command line"),
        ),
    ):
        actions.register_action(f"users.second_factor.{action}", label, message)
