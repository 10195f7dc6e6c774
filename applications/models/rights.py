"""Who may do what with the applications of which form."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# The permission without which no right to a form lets anybody in.
OPEN = "applications.view_application"
_BACKEND = "django.contrib.auth.backends.ModelBackend"


class Right(models.TextChoices):
    """What can be granted, form by form."""

    SEE = "see", _("See that they exist")
    READ = "read", _("Read")
    REVEAL = "reveal", _("Reveal health answers")
    DECIDE = "decide", _("Decide")
    EXPORT = "export", _("Export")
    DELETE = "delete", _("Delete")


# What comes with each right, since it means nothing without. Nothing brings health
# answers but the right to reveal them, and nobody need read what they delete.
CONTAINED: dict[Right, frozenset[Right]] = {
    Right.SEE: frozenset(),
    Right.READ: frozenset({Right.SEE}),
    Right.REVEAL: frozenset({Right.SEE, Right.READ}),
    Right.DECIDE: frozenset({Right.SEE, Right.READ}),
    Right.EXPORT: frozenset({Right.SEE, Right.READ}),
    Right.DELETE: frozenset({Right.SEE}),
}


def with_contained(rights: Iterable[str]) -> set[Right]:
    """Return rights, and what comes with them; none that only a later release knows."""
    given = {Right(right) for right in rights if right in Right.values}
    return given.union(*(CONTAINED[right] for right in given))


def containing(right: Right) -> list[Right]:
    """Return the rights of which any gives this one."""
    return [each for each in Right if right in with_contained([each])]


class FormRight(models.Model):
    """That a group has a right to the applications of one form.

    It belongs to the form and to no version of its page: neither a draft nor a copy of
    the page changes who reads applications.
    """

    form = models.ForeignKey(
        "applications.ApplicationFormPage",
        on_delete=models.CASCADE,
        related_name="rights",
        verbose_name=_("form"),
    )
    group = models.ForeignKey(
        Group,
        on_delete=models.CASCADE,
        related_name="form_rights",
        verbose_name=_("group"),
    )
    right = models.CharField(_("right"), max_length=10, choices=Right)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("right to applications")
        verbose_name_plural = _("rights to applications")
        default_permissions = ()
        permissions = [
            ("manage_rights", "Can say who may do what with a form's applications")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "group", "right"], name="one_right_a_group"
            )
        ]

    def __str__(self) -> str:
        return gettext("Right to the applications of a form")


def rights_to(user: Any, form_pk: int) -> set[Right]:
    """Return all that ``user`` may do with the applications of a form."""
    if not user.has_perm(OPEN):
        return set()
    if user.is_superuser:
        return set(Right)
    granted = FormRight.objects.filter(form=form_pk, group__in=user.groups.all())
    return with_contained(granted.values_list("right", flat=True))


def who_may_open() -> Any:
    """Return the users who may open applications at all, of whichever form."""
    return get_user_model().objects.with_perm(OPEN, backend=_BACKEND)


def holders(form_pk: int, right: Right) -> Any:
    """Return the users who may do this with the applications of a form."""
    granted = FormRight.objects.filter(form=form_pk, right__in=containing(right))
    may = Q(is_superuser=True) | Q(groups__in=granted.values("group"))
    return who_may_open().filter(may).distinct()
