"""What a reviewer confirms, item by item."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChecklistItem(models.Model):
    """A sentence that each reviewer ticks.

    A record keeps the words that were ticked, so an item can be reworded or deleted at
    any time.
    """

    text = models.CharField(
        _("text"),
        max_length=300,
        help_text=_("What the reviewer confirms, as a sentence."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"),
        default=0,
        help_text=_("Items stand in the order of these numbers."),
    )

    class Meta:
        verbose_name = _("item of the review checklist")
        verbose_name_plural = _("items of the review checklist")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text
