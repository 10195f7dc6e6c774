"""What was found when the site was last walked through."""

import hashlib
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

LONGEST_WORDS = 200


class LinkWalk(models.Model):
    """One walk through all pages, so that it can be seen, stopped and gone on with."""

    begun_at = models.DateTimeField(_("begun"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True)
    # Until when somebody works on it: one process at a time.
    held_until = models.DateTimeField(null=True, editable=False)
    total = models.PositiveIntegerField(_("pages"), default=0)
    done = models.PositiveIntegerField(_("pages done"), default=0)

    class Meta:
        verbose_name = _("look at all links")
        verbose_name_plural = _("looks at all links")
        default_permissions = ()
        get_latest_by = "pk"

    def __str__(self) -> str:
        return f"{self.begun_at:%Y-%m-%d %H:%M}"

    @property
    def is_going_on(self) -> bool:
        return not (self.finished_at or self.cancelled_at)


class LinkTarget(models.Model):
    """An address that pages link to, and what is there."""

    class Verdict(models.TextChoices):
        UNKNOWN = "", _("Not looked at yet")
        FINE = "fine", _("Fine")
        DEAD = "dead", _("Nothing is there")
        DRAFT = "draft", _("To a page that is not published")
        MOVED = "moved", _("Redirected")
        ANCHOR = "anchor", _("The place on the page is gone")
        FAILED = "failed", _("Did not answer")

    # SHA-256 of the address, which may be longer than an index takes.
    digest = models.CharField(max_length=64, unique=True, editable=False)
    address = models.TextField(_("address"))
    is_external = models.BooleanField(_("of another site"), default=False)
    verdict = models.CharField(
        _("what is there"), max_length=10, choices=Verdict, blank=True
    )
    leads_to = models.TextField(_("leads to"), blank=True)
    page = models.ForeignKey(
        Page, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    checked_at = models.DateTimeField(_("looked at"), null=True)
    # How often in a row another site's did not answer, and when it is asked again.
    failures = models.PositiveSmallIntegerField(default=0, editable=False)
    next_check_at = models.DateTimeField(null=True, db_index=True, editable=False)

    class Meta:
        verbose_name = _("link target")
        verbose_name_plural = _("link targets")
        default_permissions = ()

    def __str__(self) -> str:
        return self.address

    @staticmethod
    def digest_of(address: str) -> str:
        return hashlib.sha256(address.encode()).hexdigest()


class Link(models.Model):
    """A link in the text of a page; on a front page, also in what stands everywhere."""

    page: Any = models.ForeignKey(
        Page, editable=False, on_delete=models.CASCADE, related_name="+"
    )
    target = models.ForeignKey(
        LinkTarget, editable=False, on_delete=models.CASCADE, related_name="links"
    )
    words = models.CharField(_("words"), max_length=LONGEST_WORDS)
    is_everywhere = models.BooleanField(_("on every page"), default=False)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["page", "target", "is_everywhere"], name="one_of_each_link"
            )
        ]

    def __str__(self) -> str:
        return self.words


class PageReach(models.Model):
    """How readers get to a page by links."""

    page: Any = models.OneToOneField(
        Page,
        primary_key=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="link_reach",
    )
    walk = models.ForeignKey(
        LinkWalk, editable=False, on_delete=models.CASCADE, related_name="+"
    )
    # Clicks from the front page; None where no link leads.
    depth = models.PositiveSmallIntegerField(_("clicks"), null=True)
    # Other pages whose text links here.
    inbound = models.PositiveIntegerField(_("links to it"), default=0)

    class Meta:
        verbose_name = _("reach of a page")
        verbose_name_plural = _("reach of pages")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.page_id)
