"""Applications and their encrypted answers."""

import json
import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.applying.references import new_reference
from applications.models.bases.entries import EntryMixin
from applications.models.bases.form_keys import UnderFormKey
from applications.models.bases.status_field import StatusField
from applications.models.definitions import FormDefinition
from core.encrypted_fields import EncryptedTextField
from core.encryption import Key


class Application(EntryMixin):
    """One filled-in form."""

    class Status(models.TextChoices):
        """What a state means to the site, whatever a form calls it."""

        RECEIVED = "received", _("Received")
        READING = "reading", _("Being read")
        ASKED = "asked", _("More asked")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        CLOSED = "closed", _("Closed without a decision")

    class Suspicion(models.TextChoices):
        """What made it look like a program's."""

        HONEYPOT = "honeypot", _("A hidden field was filled in")
        FAST = "fast", _("It was faster than people answer")

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
    status = StatusField(
        _("status"), max_length=10, choices=Status, default=Status.RECEIVED
    )
    # One of the form's own; None: the first of those of this status.
    state = models.ForeignKey(
        "applications.ApplicationState",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="applications",
        verbose_name=_("state"),
    )
    # None: since it was received.
    state_since = models.DateTimeField(_("state since"), null=True, blank=True)
    # Where the last move came from, to which it can be taken back; "" for nowhere.
    previous_status = StatusField(
        max_length=10,
        choices=Status,
        blank=True,
        default="",
        db_default="",
        editable=False,
    )
    previous_state = models.ForeignKey(
        "applications.ApplicationState",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    previous_since = models.DateTimeField(null=True, editable=False)
    # The `state_since` of the move that the applicant was last told of.
    told_of = models.DateTimeField(null=True, editable=False)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("assignee"),
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    # Grows with each change by staff or the applicant, so that nobody overwrites what
    # they have not seen.
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    # Whether the applicant is written to: an address that was read out may be wrong.
    tells_applicant = models.BooleanField(default=True, db_default=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    suspicion = models.CharField(
        _("looks automatic"),
        max_length=10,
        choices=Suspicion,
        blank=True,
        default="",
        db_default="",
    )
    is_vouched = models.BooleanField(
        _("no spam after all"), default=False, db_default=False
    )
    # A keyed hash of the applicant's e-mail address, by which a link is sent again: ""
    # when none was given, null before it was worked out.
    contact_hash = models.CharField(  # noqa: DJ001
        max_length=90, null=True, blank=True, db_index=True, editable=False
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        # To open applications at all. What may be done with which is granted form by
        # form (`FormRight`).
        default_permissions = ("view",)
        ordering = ["-submitted_at", "reference"]
        indexes = [
            # The counts by form and state, and what is new.
            models.Index(
                fields=["definition", "status", "state"], name="applications_by_state"
            ),
            models.Index(
                fields=["status", "-submitted_at"], name="applications_by_status"
            ),
            # What is overdue: most are due on no day.
            models.Index(
                fields=["due_on"],
                condition=models.Q(due_on__isnull=False),
                name="applications_due",
            ),
        ]

    @property
    def is_marked(self) -> bool:
        """Whether it looks like a program's, and nobody has said that it is not."""
        return bool(self.suspicion) and not self.is_vouched

    @property
    def in_state_since(self) -> datetime:
        return self.state_since or self.submitted_at

    @property
    def is_written_to(self) -> bool:
        """Whether its applicant gets e-mails about it, if there is an address."""
        return self.tells_applicant and not self.is_marked

    def __str__(self) -> str:
        return gettext("Application {reference}").format(reference=self.reference)


class Answer(UnderFormKey):
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

    form_pk = models.F("application__definition__page_id")
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

    def data_key(self) -> Key:
        return self.application.definition.data_key

    @property
    def given(self) -> Any:
        """The answer: a text, a list of texts, or a boolean for a box.

        Raises:
            core.encryption.EncryptionError: It cannot be read.
        """
        return json.loads(self.value)
