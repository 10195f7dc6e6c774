"""Files of pictures and films that others have replaced."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.media.stores import either_store

# As long as a stored page or an e-mail that somebody opens may name a file.
KEPT = timedelta(days=30)
_IS_NAMED = (
    models.Q(name=models.F("image__file"))
    | models.Q(name=models.F("video__file"))
    | models.Q(name=models.F("video__captions"))
)
# Sent when the renditions of ``image`` are replaced, with ``specs``: what it was drawn
# at.
renditions_replaced = Signal()


class ReplacedFile(models.Model):
    """A file that is no longer its record's, and still answers for a while."""

    name = models.CharField(_("name"), max_length=100, db_index=True)
    image = models.ForeignKey(
        "core.SiteImage",
        null=True,
        on_delete=models.CASCADE,
        related_name="replaced_files",
        verbose_name=_("image"),
    )
    video = models.ForeignKey(
        "core.Video",
        null=True,
        on_delete=models.CASCADE,
        related_name="replaced_files",
        verbose_name=_("video"),
    )
    replaced_at = models.DateTimeField(
        _("replaced at"), default=timezone.now, db_index=True
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("replaced file")
        verbose_name_plural = _("replaced files")

    def __str__(self) -> str:
        return gettext("Replaced file {number}").format(number=self.pk)


def keep_for_a_while(record: Any, *names: str) -> None:
    """Keep the files ``names`` of ``record``, a picture or film, that others replaced.

    The renditions of a picture are kept with its file; a task makes others.
    """
    replaced = list(names)
    is_picture = hasattr(record, "renditions")
    if is_picture:
        renditions = record.renditions.order_by()
        rows = list(renditions.values_list("file", "filter_spec"))
        replaced += [name for name, _ in rows]
        # The rows alone: Wagtail deletes the file of each row that is deleted.
        renditions._raw_delete(renditions.db)
        specs = {spec for _, spec in rows}
        renditions_replaced.send(type(record), image=record, specs=specs)
    owner = {"image" if is_picture else "video": record}
    ReplacedFile.objects.bulk_create(
        [ReplacedFile(name=name, **owner) for name in replaced]
    )


def delete_left_behind() -> int:
    """Delete what nothing stored may name any more, and return how many files it was.

    Raises:
        Exception: What the store raises; the rest is deleted another time.
    """
    count = 0
    past = ReplacedFile.objects.filter(replaced_at__lt=timezone.now() - KEPT)
    # Those that a record names again are its own. The rows alone: a file goes with its
    # row.
    again = past.filter(_IS_NAMED)
    again._raw_delete(again.db)
    for replaced in past:
        either_store.delete(replaced.name)
        replaced.delete()
        count += 1
    return count
