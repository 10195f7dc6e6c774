"""Decisions about applications, opinions before them, and reasons that staff keep."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.models.applications import Application
from applications.models.bases.form_keys import UnderFormKey
from core.encrypted_fields import EncryptedTextField
from core.encryption import Key

MOST_LETTERS = 5_000
# What may be decided.
OUTCOMES = (Application.Status.ACCEPTED, Application.Status.DECLINED)
# Of a form that asks for a second reader.
READERS = 2


class OfApplication(UnderFormKey):
    """Something that one member of staff said about an application, encrypted."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, verbose_name=_("application")
    )
    outcome = models.CharField(
        _("outcome"),
        max_length=10,
        choices=[(status.value, status.label) for status in OUTCOMES],
    )

    form_pk = models.F("application__definition__page_id")
    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True

    def data_key(self) -> Key:
        return self.application.definition.data_key


class Decision(OfApplication):
    """A decision with its reasons, as its applicant reads them.

    It holds while the application is in the state that it was put into by it.
    """

    reasons = EncryptedTextField(_("reasons"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), default=timezone.now)
    # The `Application.state_since` of its move: it holds while that is so.
    moved_at = models.DateTimeField(null=True, editable=False)
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        default_permissions = ()
        ordering = ["application", "-decided_at", "-uuid"]

    def __str__(self) -> str:
        return gettext("Decision about an application")


class Opinion(OfApplication):
    """What one of two readers thinks; the other reads it once both have said so."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("reader"),
    )
    text = EncryptedTextField(_("reasons"))
    given_at = models.DateTimeField(_("given"), default=timezone.now)

    class Meta:
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        default_permissions = ()
        ordering = ["application", "given_at", "uuid"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "reader"], name="one_opinion_a_reader"
            )
        ]

    def __str__(self) -> str:
        return gettext("Opinion about an application")


class SecondReader(models.Model):
    """That a form's applications are decided about once two people have read them."""

    form = models.OneToOneField(
        to="applications.ApplicationFormPage",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="second_reader",
        verbose_name=_("form"),
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("second reader")
        verbose_name_plural = _("second readers")
        default_permissions = ()

    def __str__(self) -> str:
        return gettext("Second reader of a form")


class DecisionReason(models.Model):
    """A text that decisions are composed of; it names nobody."""

    name = models.CharField(
        _("name"), max_length=80, help_text=_("For staff, to find it by.")
    )
    text = models.TextField(
        _("text"),
        max_length=MOST_LETTERS,
        help_text=_("What applicants read. It is not encrypted: name nobody in it."),
    )
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reason for decisions")
        verbose_name_plural = _("reasons for decisions")
        default_permissions = ("add", "change", "delete")
        ordering = ["sort_order", "name", "pk"]

    def __str__(self) -> str:
        return self.name
