"""Who may review: accounts, the profiles they belong to, and checked credentials."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import Credential, PersonPage


class Reviewer(models.Model):
    """Says which account is whose profile."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="reviewer",
        verbose_name=_("account"),
    )
    person: Any = models.OneToOneField(
        PersonPage,
        on_delete=models.CASCADE,
        related_name="reviewer",
        verbose_name=_("profile"),
    )
    person.wagtail_reference_index_ignore = True
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("entered by"),
    )

    class Meta:
        verbose_name = _("reviewer")
        verbose_name_plural = _("reviewers")
        ordering = ["pk"]

    def __str__(self) -> str:
        return gettext("Reviewer {number}").format(number=self.pk)

    @property
    def not_counted(self) -> set[int | None]:
        """The accounts whose checks of the profile do not count: their own affair.

        The one that reviews under the profile, and the one that entered that it does.
        None, of an account that is gone, counts.
        """
        return {self.user_id, self.entered_by_id} - {None}


def _not_in_the_future(day: Any) -> None:
    if day > timezone.localdate():
        raise ValidationError(_("This day is still to come."))


class CredentialCheck(models.Model):
    """Somebody looked a credential up with whoever awarded it.

    Its words are kept: one that is changed on the profile is no longer the one that
    was checked.
    """

    person: Any = models.ForeignKey(
        PersonPage,
        on_delete=models.CASCADE,
        related_name="credential_checks",
        verbose_name=_("person"),
    )
    person.wagtail_reference_index_ignore = True
    name = models.CharField(_("credential"), max_length=200)
    awarded_by = models.CharField(_("awarded by"), max_length=200, blank=True)
    register_url = models.URLField(_("where it was checked"), blank=True)
    checked_on = models.DateField(
        _("checked"), default=timezone.localdate, validators=[_not_in_the_future]
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("checked by"),
    )

    class Meta:
        verbose_name = _("check of a credential")
        verbose_name_plural = _("checks of credentials")
        ordering = ["-checked_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.name}, {self.awarded_by}" if self.awarded_by else self.name


def checks_of(person: Any, inviter: Any = None) -> dict[tuple[str, str], date]:
    """Return when each credential of a profile, by name and body, was checked last.

    By somebody else: neither by the account that reviews under this profile nor by
    whoever has entered that it does, in whichever order the two were done.

    Args:
        person: The profile.
        inviter: The account that vouches for who this is, in place of the one that
            entered it: its checks do not count either.
    """
    reviewer = Reviewer.objects.filter(person=person.pk).first()
    own = reviewer.not_counted if reviewer else set()
    if inviter is not None:
        own.add(inviter.pk)
    checks = CredentialCheck.objects.filter(person=person.pk).order_by("checked_on")
    return {
        (check.name, check.awarded_by): check.checked_on
        for check in checks
        if check.checked_by_id not in own
    }


def checked_credential(person: Any, inviter: Any = None) -> Credential | None:
    """Return the first clinical credential on the profile that has been checked.

    Args:
        person: The profile.
        inviter: As of `checks_of`.
    """
    checked = checks_of(person, inviter)
    return next(
        (
            each
            for each in person.credentials.all()
            if each.is_clinical and (each.name, each.awarded_by) in checked
        ),
        None,
    )


def person_of(user: Any) -> PersonPage | None:
    """Return the profile of an account, None without one."""
    if user is None or not user.pk:
        return None
    return PersonPage.objects.filter(reviewer__user=user).first()
