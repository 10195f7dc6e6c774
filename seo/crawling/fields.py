"""The fields with which editors tell crawlers what to do with a page."""

from collections.abc import Iterable
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from seo.crawling import rules
from seo.crawling.stored import SWITCHES, switches_of, with_rules

_HAVE_SWITCHES = {"robots_index", "robots_follow", "robots_max_snippet"}


class CrawlingMixin(Page):
    """What crawlers may do with the page and those below, and its canonical address.

    Each choice that is blank is the one of the nearest page above that made one and
    hands its choices on (`robots_branch`); see `seo.crawling.rules`.
    """

    robots_index = models.CharField(
        _("show in search results"),
        max_length=3,
        choices=rules.YES_OR_NO,
        blank=True,
        default="",
        db_default="",
        help_text=_("With “no” the sitemap leaves the page out, too."),
    )
    robots_follow = models.CharField(
        _("follow links"),
        max_length=3,
        choices=rules.YES_OR_NO,
        blank=True,
        default="",
        db_default="",
    )
    robots_max_snippet = models.IntegerField(
        _("longest text in search results"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-1)],
        help_text=_(
            "In characters. Blank inherits, 0 shows the title only, -1 sets no limit."
        ),
    )
    robots_image_preview = models.CharField(
        _("picture in search results"),
        max_length=8,
        choices=rules.PREVIEWS,
        blank=True,
        default="",
        db_default="",
    )
    robots_unavailable = models.CharField(
        _("leaves search results"),
        max_length=5,
        choices=rules.LEAVING,
        blank=True,
        default="",
        db_default="",
    )
    robots_unavailable_after = models.DateField(
        _("last day in search results"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("From the day after, the sitemap leaves the page out, too."),
    )
    robots_branch = models.BooleanField(
        _("hand these choices on to the pages below"),
        default=True,
        db_default=True,
        help_text=_("A page below may choose otherwise."),
    )
    canonical_page = models.ForeignKey(
        Page,
        verbose_name=_("canonical page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "Where another page of this site says the same, choose it: search engines "
            "show that one, and the sitemap leaves this one out. Blank: this page."
        ),
    )

    # What the release before this one reads and writes (`seo.crawling.switches`): it
    # runs until the migrations are done, and again after a rollback.
    robots_noindex = models.BooleanField(
        _("hide from search engines"),
        default=False,
        help_text=_("Search engines leave the page out, and so does the sitemap."),
    )
    robots_nofollow = models.BooleanField(
        _("do not follow links"),
        default=False,
        help_text=_("Search engines do not follow the links on this page."),
    )
    robots_nosnippet = models.BooleanField(
        _("no text in search results"),
        default=False,
        help_text=_("Search results show the title only."),
    )

    class Meta:
        abstract = True

    @classmethod
    def from_serializable_data(cls, data: dict[str, Any], **options: Any) -> Any:
        """Restore a version, of before rules were inherited as well."""
        return super().from_serializable_data(with_rules(data), **options)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Store the page, and its own rules as switches for the release before."""
        names = kwargs.get("update_fields")
        if names is None or _HAVE_SWITCHES & {*names}:
            for name, is_on in switches_of(self).items():
                setattr(self, name, is_on)
            if names is not None:
                kwargs["update_fields"] = {*names, *SWITCHES}
        return super().save(*args, **kwargs)

    def pages_above(self) -> Iterable[Any]:
        """Return the pages above, the highest first, as `inheriting.with_rules`."""
        return ()
