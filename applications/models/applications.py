"""What applicants send. Nothing here names anybody or shows an answer by itself."""

import json
import uuid
from typing import Any

from django.db import models
from django.utils import timezone

from applications.fields import EncryptedTextField
from applications.models.definitions import FormDefinition
from applications.references import new_reference


class Application(models.Model):
    """One filled-in form."""

    class Status(models.TextChoices):
        NEW = "new", "New"
        READ = "read", "Read"
        ARCHIVED = "archived", "Archived"

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=9, unique=True, default=new_reference)
    definition = models.ForeignKey(
        FormDefinition, on_delete=models.PROTECT, related_name="applications"
    )
    # Made with the empty form, so that sending it twice stores it once.
    submission_key = models.UUIDField(unique=True, editable=False)
    payload_digest = models.CharField(max_length=90, editable=False)
    submitted_at = models.DateTimeField("received", default=timezone.now, db_index=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.NEW)

    wagtail_reference_index_ignore = True

    class Meta:
        # Nobody adds an application but an applicant.
        default_permissions = ("view", "change", "delete")
        ordering = ["-submitted_at", "reference"]

    def __str__(self) -> str:
        return f"Application {self.reference}"


class Answer(models.Model):
    """The encrypted answer to one question; there is one to each, even if empty."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="answers"
    )
    # The id of the question's block, by which the definition knows it.
    question = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    value = EncryptedTextField()

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        ordering = ["application", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "question"], name="one_answer_a_question"
            )
        ]

    def __str__(self) -> str:
        return f"Answer {self.position}"

    @classmethod
    def to(
        cls, application: Application, question: str, position: int, given: Any
    ) -> "Answer":
        """Return an unsaved answer holding what a form field gave."""
        return cls(
            application=application,
            question=question,
            position=position,
            value=json.dumps(given, ensure_ascii=False),
        )

    @property
    def given(self) -> Any:
        """What was answered: a text, a list of texts, or whether a box was ticked.

        Raises:
            applications.encryption.EncryptionError: It cannot be read.
        """
        return json.loads(self.value)
