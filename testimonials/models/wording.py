"""The texts in which people are asked for their consent."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from testimonials.forms import ConsentWordingForm


def _site_language() -> str:
    return str(settings.LANGUAGE_CODE)


class WordingInUse(Exception):
    """Somebody has agreed to this text: it stays as it was read."""


class ConsentWordingQuerySet(models.QuerySet["ConsentWording"]):
    """Completes the sentence “wordings …”."""

    def update(self, **values: Any) -> int:
        if self.filter(consents__isnull=False).exists():
            raise WordingInUse
        return super().update(**values)

    def current(self) -> "ConsentWording | None":
        """Return the newest in the language of whoever reads, else the newest."""
        newest = self.order_by("-created_at", "-pk")
        return newest.filter(language=get_language()).first() or newest.first()


class ConsentWording(models.Model):
    """The very text of a request for consent; never changed once somebody agreed.

    Raises:
        WordingInUse: One that somebody has agreed to is saved with other words.
    """

    version = models.CharField(
        _("version"),
        max_length=40,
        help_text=_("As printed on the form, such as 2026-03."),
    )
    language = models.CharField(
        _("language"),
        max_length=10,
        default=_site_language,
        help_text=_("Its code, such as en-gb or de: people are asked in theirs."),
    )
    purpose = models.CharField(
        _("purpose"),
        max_length=150,
        help_text=_(
            "What it is for, as the heading that the person reads, such as: Your story "
            "on our website."
        ),
    )
    text = models.TextField(
        _("text"),
        help_text=_(
            "All that the person is told before they agree. Once somebody has agreed "
            "it is not changed: write a new version."
        ),
    )
    created_at = models.DateTimeField(
        _("created"), default=timezone.now, editable=False
    )

    objects = ConsentWordingQuerySet.as_manager()

    base_form_class = ConsentWordingForm
    panels = [FieldPanel(name) for name in ("version", "language", "purpose", "text")]

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("consent wording")
        verbose_name_plural = _("consent wordings")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "language"],
                name="one_wording_a_version",
                violation_error_message=_(
                    "There is such a version in this language. Give this one another."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.version} ({self.language}): {self.purpose}"

    @property
    def is_used(self) -> bool:
        """Whether somebody has agreed to it."""
        return self.pk is not None and self.consents.exists()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.is_used and self._differs():
            raise WordingInUse
        super().save(*args, **kwargs)

    def _differs(self) -> bool:
        said = ("version", "language", "purpose", "text")
        stored = ConsentWording.objects.filter(pk=self.pk).values(*said).first()
        return stored is not None and any(
            getattr(self, name) != stored[name] for name in said
        )
