"""What a picture or film says of whom it shows."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.media.coverage import Purpose, is_covered


class Shows(models.TextChoices):
    """Whom a picture or film shows."""

    NOBODY = "nobody", _("nobody who could be recognised, but for our own staff")
    PEOPLE = "people", _("people who must consent")


class ShowsPeopleQuerySet(models.QuerySet[Any]):
    """Completes the sentence “pictures …”."""

    def covered(self, purpose: Purpose = Purpose.ANY) -> Any:
        """Return those that may be shown now."""
        return self.filter(is_covered(self.model, purpose))

    def beyond_consent(self) -> Any:
        """Return those that may be shown for no purpose now."""
        return self.exclude(is_covered(self.model))

    def unsaid(self) -> Any:
        """Return those of which nobody has said whom they show."""
        return self.filter(shows="")


class ShowsPeopleMixin(models.Model):
    """Says whom a picture or film shows; its files lie where that allows.

    Files of a record that shows people always lie in the private store, and are handed
    out while everybody whom it shows consents (docs/adr/0015).
    """

    shows = models.CharField(
        _("whom it shows"),
        max_length=10,
        blank=True,
        default="",
        # Until every process is new, the old ones add rows without it.
        db_default="",
        choices=[("", _("nobody has said yet")), *Shows.choices],
        help_text=_(
            "“People who must consent” are those in stories: choose them below. The "
            "files are then handed out only while all of them consent."
        ),
    )

    class Meta:
        abstract = True

    @property
    def shows_people(self) -> bool:
        return self.shows == Shows.PEOPLE
