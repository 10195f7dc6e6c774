"""What readers report of a page, and what came of it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.encrypted_fields import EncryptedTextField
from core.encryption import EncryptionError

# As the form, the e-mail and docs/privacy.md say.
ADDRESS_KEPT = timedelta(days=30)  # after the report is closed, or its reader told
ADDRESS_KEPT_AT_MOST = timedelta(days=180)  # after it came, closed or not
REPORT_KEPT = timedelta(days=365)  # after it is closed


class ReaderReportQuerySet(models.QuerySet["ReaderReport"]):
    """Completes the sentence “reports …”."""

    def open(self) -> "ReaderReportQuerySet":
        """Return those that somebody still has to see to."""
        return self.filter(status__in=ReaderReport.OPEN)

    def untold(self) -> "ReaderReportQuerySet":
        """Return closed ones whose reader still waits to be told."""
        closed = self.exclude(status__in=ReaderReport.OPEN)
        return closed.filter(told_at=None, email__isnull=False)

    def with_outdated_address(self) -> "ReaderReportQuerySet":
        now = timezone.now()
        return self.filter(email__isnull=False).filter(
            Q(closed_at__lt=now - ADDRESS_KEPT)
            | Q(told_at__lt=now - ADDRESS_KEPT)
            | Q(received_at__lt=now - ADDRESS_KEPT_AT_MOST)
        )

    def outdated(self) -> "ReaderReportQuerySet":
        return self.filter(closed_at__lt=timezone.now() - REPORT_KEPT)


class ReaderReport(models.Model):
    """A problem with a page, as a reader tells it.

    What was typed is encrypted. ``email`` is None where none was left, or where it is
    deleted; ``version`` grows with each change by staff.
    """

    class Kind(models.TextChoices):
        WRONG = "wrong", _("Something is wrong")
        OUTDATED = "outdated", _("Something is out of date")
        UNCLEAR = "unclear", _("Something is hard to understand")
        BROKEN = "broken", _("A link, picture or video does not work")
        BARRIER = "barrier", _("I cannot use it, such as with a screen reader")
        OTHER = "other", _("Something else")

    class Status(models.TextChoices):
        NEW = "new", _("New")
        IN_WORK = "in_work", _("In work")
        ANSWERED = "answered", _("Seen to")
        DISMISSED = "dismissed", _("Nothing to change")
        DUPLICATE = "duplicate", _("Known already")

    OPEN = (Status.NEW, Status.IN_WORK)

    # Made with the empty form, so that sending it twice stores it once.
    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    page: Any = models.ForeignKey(
        Page,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("page"),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    passage = EncryptedTextField(_("passage"))
    text = EncryptedTextField(_("what they wrote"))
    email = EncryptedTextField(_("e-mail address"), null=True)  # type: ignore[misc]
    language = models.CharField(max_length=12, editable=False)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    status = models.CharField(
        _("state"), max_length=9, choices=Status, default=Status.NEW
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("assigned to"),
    )
    note = EncryptedTextField(_("note"), default="")
    answer = EncryptedTextField(_("what came of it"), default="")
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    told_at = models.DateTimeField(_("reader told"), null=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ReaderReportQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("report by a reader")
        verbose_name_plural = _("reports by readers")
        default_permissions = ("view", "change", "delete")
        ordering = ["-received_at", "uuid"]
        indexes = [
            models.Index(fields=["status", "-received_at"], name="report_by_status")
        ]

    def __str__(self) -> str:
        return gettext("Report {number}").format(number=str(self.pk)[:8])

    @property
    def about(self) -> str:
        """What its e-mails are recorded as being about (core.mail.Subject)."""
        return f"reader-report:{self.pk.hex}"

    @property
    def has_address(self) -> bool:
        """Whether an address is kept, which need not be readable."""
        try:
            return self.email is not None
        except EncryptionError:
            return True

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    @property
    def page_title(self) -> str:
        """The page's title for staff, or that there is none."""
        if self.page is None:
            return gettext("The site, or a page that is gone")
        return str(self.page.get_admin_display_title())
