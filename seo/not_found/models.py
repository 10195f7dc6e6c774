"""The rows of the 404 log: addresses, and how often each was asked for by day."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from seo.not_found.paths import LONGEST


class NotFoundAddress(models.Model):
    """An address of a site that is not there, without anything of who asked for it.

    ``site`` is None for what scanners look for, whichever the site.
    """

    site = models.ForeignKey(
        Site,
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("site"),
    )
    path = models.CharField(_("address"), max_length=LONGEST)
    last_on = models.DateField(_("last asked for"))
    is_ignored = models.BooleanField(_("ignored"), default=False)

    class Meta:
        verbose_name = _("address not found")
        verbose_name_plural = _("addresses not found")
        constraints = [
            models.UniqueConstraint(fields=["site", "path"], name="unique_not_found"),
            models.UniqueConstraint(
                fields=["path"],
                condition=models.Q(site=None),
                name="unique_not_found_anywhere",
            ),
        ]

    def __str__(self) -> str:
        return self.path


class NotFoundDay(models.Model):
    """How often an address was asked for on a day, by readers and by programs."""

    address = models.ForeignKey(
        NotFoundAddress, editable=False, on_delete=models.CASCADE, related_name="days"
    )
    day = models.DateField(editable=False)
    readers = models.PositiveIntegerField(default=0, editable=False)
    crawlers = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("day of an address not found")
        verbose_name_plural = _("days of addresses not found")
        constraints = [
            models.UniqueConstraint(
                fields=["address", "day"], name="unique_not_found_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.address_id} {self.day}"
