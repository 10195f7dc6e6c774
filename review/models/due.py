"""What colleagues want to be told of what is due, and where their calendars ask."""

import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

MADE, ENDED = "review.calendar_address.made", "review.calendar_address.ended"
_TOKEN_BYTES = 32
_LONGEST = 200  # characters of a token
_signer = signing.Signer(sep=".", salt="review.due.address")


def _hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class CalendarAddressQuerySet(models.QuerySet["CalendarAddress"]):
    """Completes the sentence “addresses …”."""

    def with_token(self, token: str) -> "CalendarAddress | None":
        """Return the address of ``token``, None where there is none any more.

        One that we have not signed asks no database.
        """
        if len(token) > _LONGEST:
            return None
        try:
            secret = _signer.unsign(token)
        except signing.BadSignature:
            return None
        addresses = self.select_related("user__wagtail_userprofile")
        return addresses.filter(token_hash=_hash_of(secret)).first()

    def issue(self, user: Any) -> str:
        """Return the token of a new address, in place of the one before.

        It is kept nowhere.
        """
        secret = secrets.token_urlsafe(_TOKEN_BYTES)
        given = {"token_hash": _hash_of(secret), "issued_at": timezone.now()}
        self.update_or_create(user=user, defaults=given)
        log(user, MADE, user=user)
        return _signer.sign(secret)

    def end(self, user: Any) -> None:
        """End the address of ``user``; logged as done by whoever is at work."""
        ended, _of = self.filter(user=user.pk).delete()
        if ended:
            log(user, ENDED)


class CalendarAddress(models.Model):
    """Where somebody's calendar asks for what is due; of the token only a hash is kept.

    It gives no right: whoever loses one is told of less at the next request.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="calendar_address",
        verbose_name=_("user"),
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    issued_at = models.DateTimeField(_("issued"), default=timezone.now)

    objects = CalendarAddressQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("address of a calendar")
        verbose_name_plural = _("addresses of calendars")
        default_permissions = ()

    def __str__(self) -> str:
        return gettext("Address of a calendar")


class DigestChoice(models.Model):
    """What somebody wants to be told each day; without a row, nothing is sent."""

    class What(models.TextChoices):
        NOTHING = "nothing", _("Nothing")
        MINE = "mine", _("What I own, have edited last or have reviewed")
        ALL = "all", _("Everything that I may see")

    class Ahead(models.IntegerChoices):
        DAY = 1, _("a day before")
        WEEK = 7, _("a week before")
        FORTNIGHT = 14, _("two weeks before")
        MONTH = 30, _("thirty days before")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="digest_choice",
        verbose_name=_("user"),
    )
    what = models.CharField(
        _("a daily e-mail about"),
        max_length=10,
        choices=What,
        default=What.NOTHING,
        help_text=_(
            "Only what has come near since the last one, and once more when its day "
            "has come. No e-mail is sent where there is nothing new. It names no "
            "patient."
        ),
    )
    days_ahead = models.PositiveSmallIntegerField(
        _("how long before"), choices=Ahead, default=Ahead.WEEK
    )
    # The last day on which it was sent, or had nothing to say.
    sent_on = models.DateField(null=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("choice of a digest")
        verbose_name_plural = _("choices of digests")
        default_permissions = ()

    def __str__(self) -> str:
        return gettext("Choice of a digest")


class ToldOf(models.Model):
    """That somebody was told of something, before its day and on it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        editable=False,
        on_delete=models.CASCADE,
        related_name="+",
    )
    uid = models.CharField(max_length=120, editable=False)
    day = models.DateField(editable=False)
    had_come = models.BooleanField(editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("note that somebody was told")
        verbose_name_plural = _("notes that somebody was told")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["user", "uid", "day", "had_come"], name="told_of_once"
            )
        ]

    def __str__(self) -> str:
        return gettext("Note {number}").format(number=self.pk)
