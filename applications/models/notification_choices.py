"""What members of staff want to be told of by e-mail, and which digests were sent."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

MORNING = 7  # o'clock, in the site's time zone
LAST_HOUR = MaxValueValidator(23)


class NotificationChoice(models.Model):
    """What one member of staff has chosen; without a row, nothing is sent.

    It gives no right: whoever loses the right to see applications is told of none.
    """

    class How(models.TextChoices):
        NOTHING = "nothing", _("Nothing")
        AT_ONCE = "at_once", _("At once, one e-mail for each")
        DAILY = "daily", _("Once a day, how many there are")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="notification_choice",
        verbose_name=_("user"),
    )
    how = models.CharField(
        _("e-mails about applications"),
        max_length=10,
        choices=How,
        default=How.NOTHING,
        help_text=_(
            "Of the forms whose applications you may see. They go to the address of "
            "your account and say how many or which number, never who."
        ),
    )
    hour = models.PositiveSmallIntegerField(
        _("once a day at"), default=MORNING, validators=[LAST_HOUR]
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("choice of notifications")
        verbose_name_plural = _("choices of notifications")
        default_permissions = ()

    def __str__(self) -> str:
        return gettext("Choice of notifications")


class SentDigest(models.Model):
    """The last day on which somebody's digest was sent, or had nothing to say.

    A row of its own, so that whoever saves a choice meanwhile does not undo it.
    """

    # "user" or "site", a colon, and the primary key.
    addressee = models.CharField(_("addressee"), max_length=40, unique=True)
    day = models.DateField(_("day"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("sent digest")
        verbose_name_plural = _("sent digests")
        default_permissions = ()

    def __str__(self) -> str:
        return gettext("Digest of {day}").format(day=self.day)
