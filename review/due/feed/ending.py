"""Ends addresses with whatever else was open by a password that is no more."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry

from review.models.due import ENDED, MADE, CalendarAddress
from users.signals import access_renewed


@receiver(access_renewed)
def end_address(sender: Any, user: Any, **others: Any) -> None:
    CalendarAddress.objects.end(user)


def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        MADE,
        _("Make the address of a calendar"),
        _("Made the address of a calendar of what is due"),
    )
    actions.register_action(
        ENDED,
        _("End the address of a calendar"),
        _("Ended the address of a calendar of what is due"),
    )
