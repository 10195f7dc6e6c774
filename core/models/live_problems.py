"""Problems of published pages, as they were found last."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class LiveProblem(models.Model):
    """A problem that a page has had since it was published.

    Its words are not kept, for they may quote the page: the editor shows them.
    """

    page: Any = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("page")
    )
    page.wagtail_reference_index_ignore = True
    code = models.CharField(_("problem"), max_length=60)
    place = models.CharField(_("place"), max_length=120, blank=True)
    found_at = models.DateTimeField(_("found"), default=timezone.now)

    class Meta:
        verbose_name = _("problem of a published page")
        verbose_name_plural = _("problems of published pages")
        ordering = ["-found_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "code", "place"], name="live_problem_is_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.page_id})"
