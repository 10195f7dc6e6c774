"""The record of a medical review, which nobody changes."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision, TaskState

from people.models import PersonPage
from review.versions import Version, version_of


class RecordIsKept(Exception):
    """Somebody tried to change or delete the record of a review."""


class ReviewRecordQuerySet(models.QuerySet["ReviewRecord"]):
    """Completes the sentence “records …”; they are only ever added."""

    def of(self, page: Any) -> "ReviewRecordQuerySet":
        """Return those of a page, the newest first."""
        return self.filter(page=page.pk).order_by("-reviewed_at", "-pk")

    def update(self, **kwargs: Any) -> NoReturn:
        raise RecordIsKept

    def delete(self) -> NoReturn:
        raise RecordIsKept


class ReviewRecord(models.Model):
    """Who reviewed which version of a page, when, and what they had ticked.

    Name and credential are kept as they were printed then. ``digest`` tells of any
    version whether it is the one that was reviewed; the text itself stays in its
    revision, where it is found when somebody is to be forgotten.
    """

    page: Any = models.ForeignKey(
        Page,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("page"),
    )
    page.wagtail_reference_index_ignore = True
    revision = models.ForeignKey(
        Revision,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # One review for each time that somebody is asked for one.
    task_state = models.OneToOneField(
        TaskState,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="review_record",
    )
    person = models.ForeignKey(
        PersonPage,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("person"),
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("account"),
    )
    # Of a reviewer without an account: who had the link sent.
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("invited by"),
    )
    name = models.CharField(_("name"), max_length=320)
    credential = models.CharField(_("credential"), max_length=402)
    interest = models.CharField(_("declared interest"), max_length=300, blank=True)
    checklist = models.JSONField(_("checklist, as it was ticked"), default=list)
    changes = models.TextField(_("what was changed"), blank=True)
    reviewed_at = models.DateTimeField(_("reviewed"), default=timezone.now)
    due_on = models.DateField(_("next review due"))
    digest = models.CharField(max_length=64, editable=False)

    objects = ReviewRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("medical review")
        verbose_name_plural = _("medical reviews")
        ordering = ["-reviewed_at", "-pk"]
        default_permissions = ("view",)
        permissions = [("decide_medical", "Can decide whether a page is medical")]
        indexes = [
            models.Index(fields=["page", "-reviewed_at"], name="review_of_page"),
        ]

    def __str__(self) -> str:
        return gettext("Medical review {number}").format(number=self.pk)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise RecordIsKept
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise RecordIsKept

    @property
    def version(self) -> Version | None:
        """What was reviewed, None where it is no longer stored as it was then."""
        if self.revision is None:
            return None
        version = version_of(self.revision.as_object())
        return version if version.digest == self.digest else None

    @property
    def reviewed_on(self) -> Any:
        """The day of the review, where the clinic's clocks are."""
        zone = timezone.get_default_timezone()
        return timezone.localtime(self.reviewed_at, zone).date()


class ReviewReminder(models.Model):
    """Colleagues were told that a review is due, once for each record."""

    record = models.OneToOneField(
        ReviewRecord, editable=False, on_delete=models.CASCADE, related_name="reminder"
    )
    sent_at = models.DateTimeField(default=timezone.now, editable=False)
    # Those whose e-mail failed, until one has not.
    missed = models.ManyToManyField(
        settings.AUTH_USER_MODEL, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("reminder of a review")
        verbose_name_plural = _("reminders of reviews")
        default_permissions = ()

    def __str__(self) -> str:
        return gettext("Reminder {number}").format(number=self.pk)
