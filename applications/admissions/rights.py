"""What somebody may do with the applications of which form.

It takes two: the permission to open applications at all, which asks for the second
factor, and a right that one of the person's groups was given to the form. No right to
pages gives either. Superusers may do everything, and are recorded like everybody.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from applications.models.applications import Application
from applications.models.pages import ApplicationFormPage
from applications.models.rights import OPEN, FormRight, Right, containing, rights_to

__all__ = [
    "OPEN",
    "Right",
    "allowed",
    "applications_where",
    "forms_where",
    "is_granted",
    "rights_to",
]


def forms_where(user: Any, right: Right) -> "QuerySet[ApplicationFormPage]":
    """Return the forms with whose applications ``user`` may do this."""
    if not user.has_perm(OPEN):
        return ApplicationFormPage.objects.none()
    if user.is_superuser:
        return ApplicationFormPage.objects.all()
    granted = FormRight.objects.filter(
        group__in=user.groups.all(), right__in=containing(right)
    )
    return ApplicationFormPage.objects.filter(pk__in=granted.values("form"))


def applications_where(user: Any, right: Right) -> "QuerySet[Application]":
    """Return the applications with which ``user`` may do this."""
    forms = forms_where(user, right).values("pk")
    return Application.objects.filter(definition__page__in=forms)


def allowed(user: Any, right: Right) -> "QuerySet[Application]":
    """Return `applications_where`, for a view to look its own up in.

    Raises:
        PermissionDenied: The right is missing whatever the form, so that nothing is
            "not found".
    """
    if not is_granted(user, right):
        raise PermissionDenied
    return applications_where(user, right)


def is_granted(user: Any, right: Right) -> bool:
    """Return whether ``user`` has the right to any form's applications."""
    return user.is_superuser or forms_where(user, right).exists()
