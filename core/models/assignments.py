"""Work on a page that somebody has handed to an editor."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Completes the sentence “assignments …”."""

    def open(self) -> "AssignmentQuerySet":
        return self.filter(done_at=None)

    def for_editor(self, user: Any) -> "AssignmentQuerySet":
        """Return what waits for ``user``, or for whoever comes first."""
        return self.open().filter(Q(assignee=user) | Q(assignee=None))


class Assignment(models.Model):
    """A problem of a page that the one who found it may not solve.

    ``problem`` is the code of a rule of the gate.
    """

    page: Any = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("page")
    )
    page.wagtail_reference_index_ignore = True
    problem = models.CharField(_("problem"), max_length=60)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("asked by"),
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("editor"),
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now, editable=False)
    done_at = models.DateTimeField(_("done"), null=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        default_permissions = ()
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "problem"],
                condition=Q(done_at=None),
                name="assignment_is_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.problem} ({self.page_id})"

    def finish(self, user: Any = None) -> None:
        """Close it, once; ``user`` is None where the page itself shows it."""
        open_still = type(self).objects.open().filter(pk=self.pk)
        open_still.update(done_at=timezone.now(), done_by=user)
