"""Requests about one person: to find, export or erase what is known of them."""

import secrets
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.encrypted_fields import EncryptedTextField
from core.models.chained_log import ChainedLogEntry, ChainedLogManager


def new_number() -> str:
    """Return a random number, such as ``P-3F2A9C41``."""
    return f"P-{secrets.token_hex(4).upper()}"


class PersonRequest(models.Model):
    """That somebody was looked for; once erased, a receipt that says nothing of them.

    Whom it is about is kept, encrypted, until it is finished or over.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    number = models.CharField(
        _("number"), max_length=12, unique=True, default=new_number, editable=False
    )
    # A `core.persons.person.Person` as text.
    person = EncryptedTextField(_("person"), null=True)  # type: ignore[misc]
    reason = EncryptedTextField(_("reason"), null=True)  # type: ignore[misc]
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("opened by"),
    )
    erasure_asked_at = models.DateTimeField(_("erasure asked for"), null=True)
    finished_at = models.DateTimeField(_("erased"), null=True)
    # {code of a kind: how many were erased}
    counts = models.JSONField(_("erased records"), default=dict)
    # How many were left, when it was last looked, that somebody has to see to.
    left_by_hand = models.PositiveIntegerField(
        _("left to see to"), default=0, db_default=0, editable=False
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("request about a person")
        verbose_name_plural = _("requests about people")
        default_permissions = ()
        permissions = [("erase_person", "Can find, export and erase people")]
        ordering = ["-opened_at", "number"]

    def __str__(self) -> str:
        return gettext("Request {number}").format(number=self.number)

    def forget(self) -> None:
        """Forget whom it is about, and why."""
        PersonRequest.objects.filter(pk=self.pk).update(person=None, reason=None)
        self.refresh_from_db(fields=["person", "reason"])

    @property
    def is_running(self) -> bool:
        return self.erasure_asked_at is not None and self.finished_at is None

    @property
    def waits_for_hands(self) -> bool:
        """Whether all is erased but what somebody has to see to."""
        return self.is_running and self.left_by_hand > 0


class BegunErasureList(models.Model):
    """That an erasure list was begun, so that one that is missing is missed."""

    # SHA-256 in hexadecimal of its key.
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    begun_at = models.DateTimeField(_("begun"), default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("erasure list")
        verbose_name_plural = _("erasure lists")
        default_permissions = ()

    def __str__(self) -> str:
        return gettext("Erasure list {number}").format(number=self.key_hash[:8])


class PersonLogManager(ChainedLogManager):
    """Finds and adds entries about requests."""

    def log_action(self, instance: Any, action: str, **kwargs: Any) -> Any:
        kwargs.update(object_id=str(instance.pk))
        return super().log_action(instance, action, **kwargs)

    def for_instance(self, instance: Any) -> Any:
        return self.filter(object_id=str(instance.pk))

    def viewable_by_user(self, user: Any) -> Any:
        may_view = user.has_perm("core.view_personlogentry")
        return self.all() if may_view else self.none()


class PersonLogEntry(ChainedLogEntry):
    """That somebody was looked for, exported or erased, and by whom."""

    objects = PersonLogManager()
