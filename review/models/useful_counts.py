"""How often readers found a page useful."""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

KEPT = timedelta(days=2 * 365)


class UsefulCountQuerySet(models.QuerySet["UsefulCount"]):
    """Completes the sentence “counts …”."""

    def count_answer(self, page: Any, *, is_useful: bool) -> None:
        """Count one answer about ``page`` for today."""
        column = "yes" if is_useful else "no"
        today = self.filter(page=page.pk, day=timezone.localdate())
        if today.update(**{column: F(column) + 1}):
            return
        try:
            with transaction.atomic():
                self.create(page_id=page.pk, day=timezone.localdate(), **{column: 1})
        except IntegrityError:  # somebody was first
            today.update(**{column: F(column) + 1})

    def outdated(self) -> "UsefulCountQuerySet":
        return self.filter(day__lt=timezone.localdate() - KEPT)


class UsefulCount(models.Model):
    """The answers of one day about one page; who gave them is kept nowhere."""

    page: Any = models.ForeignKey(
        Page,
        on_delete=models.CASCADE,
        related_name="useful_counts",
        verbose_name=_("page"),
    )
    day: Any = models.DateField(_("day"), default=timezone.localdate)
    yes = models.PositiveIntegerField(_("useful"), default=0)
    no = models.PositiveIntegerField(_("not useful"), default=0)

    objects = UsefulCountQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("answers on usefulness")
        verbose_name_plural = _("answers on usefulness")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["page", "day"], name="useful_page_and_day")
        ]

    def __str__(self) -> str:
        return gettext("Answers of {day}").format(day=self.day)
