"""Subscribers of the newsletter."""

from datetime import timedelta
from uuid import uuid4

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# Nobody can have a stranger's mailbox filled by typing their address again and again.
MAIL_INTERVAL = timedelta(minutes=10)


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    """Completes the sentence “subscribers …”."""

    def at(self, email: str, wording_version: str) -> "Subscriber":
        """Get or create the subscriber with ``email``, ignoring case.

        What somebody will confirm are the words they have read last; what is confirmed
        stays confirmed as it was.
        """
        subscriber, _ = self.get_or_create(
            email__iexact=email,
            defaults={"email": email, "wording_version": wording_version},
        )
        waiting = self.filter(pk=subscriber.pk).exclude(status="confirmed")
        waiting.update(wording_version=wording_version)
        return subscriber


class Subscriber(models.Model):
    """A subscriber's address and consent."""

    class Status(models.TextChoices):
        PENDING = "pending", _("not confirmed")
        CONFIRMED = "confirmed", _("confirmed")
        UNSUBSCRIBED = "unsubscribed", _("unsubscribed")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"))
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=Status,
        default=Status.PENDING,
        db_index=True,
    )
    wording_version = models.CharField(
        _("version of the wording"),
        max_length=16,
        help_text=_("Identifies the text beside the form that was sent."),
    )
    signed_up_at = models.DateTimeField(_("signed up"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    unsubscribed_at = models.DateTimeField(_("unsubscribed"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("last e-mail"), null=True, blank=True)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        ordering = ["-signed_up_at", "-pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="unique_subscriber_email")
        ]
        permissions = [("export_subscriber", "Can export subscribers")]

    def __str__(self) -> str:
        return gettext("Subscriber {number}").format(number=str(self.uuid)[:8])

    def claim_mail(self) -> bool:
        """Return whether an e-mail may be sent now, and if so record it.

        Of several requests at the same time, one gets to send.
        """
        now = timezone.now()
        free = models.Q(mailed_at=None) | models.Q(mailed_at__lt=now - MAIL_INTERVAL)
        claimed = Subscriber.objects.filter(free, pk=self.pk).update(mailed_at=now)
        return bool(claimed)

    def confirm(self) -> None:
        """Confirm the subscription."""
        if self.status != self.Status.CONFIRMED:
            self.status, self.confirmed_at = self.Status.CONFIRMED, timezone.now()
            self.save(update_fields=["status", "confirmed_at"])

    def unsubscribe(self) -> None:
        """Unsubscribe."""
        if self.status != self.Status.UNSUBSCRIBED:
            self.status, self.unsubscribed_at = self.Status.UNSUBSCRIBED, timezone.now()
            self.save(update_fields=["status", "unsubscribed_at"])
