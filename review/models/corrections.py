"""The corrections that readers were told of, which stay in their page."""

from typing import Any

from django.db import models
from django.db.models.deletion import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision


def keep_version(collector: Any, field: Any, found: Any, using: str) -> None:
    """Keep a version that a correction leads to, unless its page goes as a whole.

    An ``on_delete``. `purge_revisions` counts what is kept, and goes on.

    Raises:
        ProtectedError: Versions alone were to be deleted.
    """
    origin = collector.origin
    model = origin.model if isinstance(origin, models.QuerySet) else type(origin)
    if model is Revision:
        raise ProtectedError(gettext("A published correction leads to it."), set(found))
    models.SET_NULL(collector, field, found, using)


class CorrectionQuerySet(models.QuerySet["PublishedCorrection"]):
    """Completes the sentence “corrections …”."""

    def of(self, page: Any) -> "CorrectionQuerySet":
        """Return those of a page, in the order in which they were published."""
        return self.filter(page=page.pk).order_by("published_at", "pk")


class PublishedCorrection(models.Model):
    """A correction as it was published, beside what, and what readers had seen before.

    Its block in the page's stream is put back from here (`review.history.keeping`).
    ``beside`` is the id of the block that was corrected, "" for the page as a whole.
    ``version`` is None where there is none: of a page that was published with the
    correction, of one that was corrected before versions were kept, and once somebody
    named in it was forgotten.
    """

    page: Any = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("page")
    )
    page.wagtail_reference_index_ignore = True
    field = models.CharField(max_length=100, editable=False)
    block_id = models.CharField(max_length=64, editable=False)
    beside = models.CharField(max_length=64, blank=True, editable=False)
    day = models.DateField(_("corrected on"))
    text = models.TextField(_("what it said before"))
    version = models.ForeignKey(
        Revision,
        null=True,
        editable=False,
        on_delete=keep_version,
        related_name="+",
    )
    published_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("published correction")
        verbose_name_plural = _("published corrections")
        default_permissions = ()
        ordering = ["published_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "block_id"], name="one_record_of_a_correction"
            )
        ]

    def __str__(self) -> str:
        return gettext("Correction {number}").format(number=self.pk)
