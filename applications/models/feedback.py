"""What applicants say was hard about a form, without who they are."""

from datetime import date, timedelta
from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.models.bases.form_keys import UnderFormKey, key_of_form
from core.encrypted_fields import EncryptedTextField
from core.encryption import Key


def this_week() -> date:
    """Return the Monday of this week."""
    today = timezone.localdate()
    return today - timedelta(days=today.weekday())


class Feedback(UnderFormKey):
    """An answer to the question after the thanks.

    Nothing in it leads to an application: neither number nor key, and of the time only
    the week, since on most days few applications arrive.
    """

    class Status(models.TextChoices):
        NEW = "new", _("New")
        DONE = "done", _("Done")

    # Made with the empty form, so that sending it twice stores it once.
    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    form = models.ForeignKey(
        "applications.ApplicationFormPage",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("form"),
    )
    week = models.DateField(_("week of"), default=this_week)
    text = EncryptedTextField(_("text"))
    status = models.CharField(
        _("status"), max_length=4, choices=Status, default=Status.NEW
    )

    form_pk = models.F("form_id")
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        default_permissions = ("view", "change")
        # Not in the order in which they came.
        ordering = ["-week", "uuid"]

    def __str__(self) -> str:
        return gettext("Feedback on a form")

    def data_key(self) -> Key:
        return key_of_form(self.form_id)
