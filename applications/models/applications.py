"""Applications and their encrypted answers."""

import json
import uuid
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.applying.references import new_reference
from applications.models.definitions import FormDefinition
from core.encrypted_fields import EncryptedTextField


class Application(models.Model):
    """One filled-in form."""

    class Status(models.TextChoices):
        NEW = "new", _("New")
        READ = "read", _("Read")
        ARCHIVED = "archived", _("Archived")

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(
        _("reference"), max_length=9, unique=True, default=new_reference
    )
    definition = models.ForeignKey(
        FormDefinition,
        on_delete=models.PROTECT,
        related_name="applications",
        verbose_name=_("definition"),
    )
    # Made with the empty form, so that sending it twice stores it once.
    submission_key = models.UUIDField(unique=True, editable=False)
    payload_digest = models.CharField(max_length=90, editable=False)
    submitted_at = models.DateTimeField(
        _("received"), default=timezone.now, db_index=True
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.NEW
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        # Nobody adds an application but an applicant.
        default_permissions = ("view", "change", "delete")
        ordering = ["-submitted_at", "reference"]

    def __str__(self) -> str:
        return gettext("Application {reference}").format(reference=self.reference)


class Answer(models.Model):
    """The encrypted answer to one question, stored even when it is empty."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        Application,
        on_delete=models.CASCADE,
        related_name="answers",
        verbose_name=_("application"),
    )
    # The id of the question's block, by which the definition knows it.
    question = models.CharField(_("question"), max_length=40)
    position = models.PositiveSmallIntegerField(_("position"))
    value = EncryptedTextField(_("value"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        default_permissions = ()
        ordering = ["application", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "question"], name="one_answer_a_question"
            )
        ]

    def __str__(self) -> str:
        return gettext("Answer {number}").format(number=self.position)

    @classmethod
    def to(
        cls, application: Application, question: str, position: int, given: Any
    ) -> "Answer":
        """Return an unsaved answer that holds the cleaned value of a form field."""
        return cls(
            application=application,
            question=question,
            position=position,
            value=json.dumps(given, ensure_ascii=False),
        )

    @property
    def given(self) -> Any:
        """The answer: a text, a list of texts, or a boolean for a box.

        Raises:
            core.encryption.EncryptionError: It cannot be read.
        """
        return json.loads(self.value)
