"""What applicants take back: single consents, and whole applications."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.models.applications import Application


class ConsentRevocation(models.Model):
    """A consent that an applicant has taken back."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        Application,
        on_delete=models.CASCADE,
        related_name="revocations",
        verbose_name=_("application"),
    )
    # The id of the consent's block, by which the definition knows its wording.
    question = models.CharField(_("question"), max_length=40)
    revoked_at = models.DateTimeField(_("revoked at"), default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("revoked consent")
        verbose_name_plural = _("revoked consents")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["application", "question"], name="revoked_once"
            )
        ]

    def __str__(self) -> str:
        return gettext("Revoked consent {number}").format(number=str(self.uuid)[:8])


class DeletedApplication(models.Model):
    """What staff keep of an application that its applicant deleted."""

    reference = models.CharField(_("reference"), max_length=9, unique=True)
    # Who may see its applications sees this. None where the form is gone, or it was
    # deleted before the form was kept: administrators alone see it then.
    form = models.ForeignKey(
        "applications.ApplicationFormPage",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("form"),
    )
    submitted_at = models.DateTimeField(_("received"))
    deleted_at = models.DateTimeField(_("deleted"), default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("deleted application")
        verbose_name_plural = _("deleted applications")
        default_permissions = ()
        ordering = ["-deleted_at", "reference"]

    def __str__(self) -> str:
        return gettext("Deleted application {reference}").format(
            reference=self.reference
        )
