"""What this room keeps beside Wagtail's records of redirects."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page


class Replacement(models.Model):
    """Where the readers of a page go while it is not published.

    It counts only then: a page that is published again has its address back, and the
    choice is there when its time is over.
    """

    page = models.OneToOneField(
        Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("page")
    )
    successor = models.ForeignKey(
        Page,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page that readers get instead"),
        help_text=_("Without one they are told that the page is gone."),
    )

    class Meta:
        verbose_name = _("replacement of a page")
        verbose_name_plural = _("replacements of pages")

    def __str__(self) -> str:
        return f"{self.page_id}"


class RedirectHits(models.Model):
    """How often a redirect was followed on one day. Nothing of who followed it."""

    redirect = models.ForeignKey(
        Redirect,
        on_delete=models.CASCADE,
        related_name="hits",
        verbose_name=_("redirect"),
    )
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("times followed"), default=0)

    class Meta:
        verbose_name = _("hits of a redirect")
        verbose_name_plural = _("hits of redirects")
        constraints = [
            models.UniqueConstraint(
                fields=["redirect", "day"], name="seo_redirect_hits_of_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.redirect_id}, {self.day}"
