"""The texts in which people are asked for their consent."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from testimonials.forms import ConsentWordingForm

# What a person has read when they agree.
SAID = ("version", "language", "purpose", "text", "months")


def _site_language() -> str:
    return str(settings.LANGUAGE_CODE)


class WordingInUse(Exception):
    """Somebody has agreed to this text: it stays as it was read."""


class ConsentWordingQuerySet(models.QuerySet["ConsentWording"]):
    """Completes the sentence “wordings …”."""

    @transaction.atomic
    def update(self, **values: Any) -> int:
        if values.keys() & set(SAID):
            # Whoever is agreeing to one of them is waited for.
            pks = list(self.select_for_update().values_list("pk", flat=True))
            if self.model.objects.filter(pk__in=pks, consents__isnull=False).exists():
                raise WordingInUse
        return super().update(**values)

    def offered(self) -> "list[ConsentWording]":
        """Return those in which people are asked: the newest of each purpose.

        In the language of whoever reads, else in that of the site, else in any.
        """
        ready = list(self.filter(is_asked=True).order_by("-created_at", "-pk"))
        for language in (get_language(), _site_language()):
            read = [each for each in ready if _base(each.language) == _base(language)]
            if read:
                return _newest_of_each_purpose(read)
        return _newest_of_each_purpose(ready)


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
        help_text=_("In which it is written: people are asked in theirs."),
    )
    purpose = models.CharField(
        _("purpose"),
        max_length=150,
        help_text=_(
            "What it is for, as the heading that the person reads, such as: Your story "
            "on our website. Of several texts for one purpose people are asked with "
            "the newest."
        ),
    )
    text = models.TextField(
        _("text"),
        help_text=_(
            "All that the person is told before they agree. Once somebody has agreed "
            "it is not changed: write a new version."
        ),
    )
    months = models.PositiveSmallIntegerField(
        _("months"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(1200)],
        help_text=_(
            "For how long people agree, from the day on which they do. Leave it blank "
            "when it holds until they take it back."
        ),
    )
    # What was written before there was this switch was asked with at once.
    is_asked = models.BooleanField(
        _("ready to be asked"),
        default=False,
        db_default=True,
        help_text=_("People are asked with it on their own page."),
    )
    created_at = models.DateTimeField(
        _("created"), default=timezone.now, editable=False
    )

    objects = ConsentWordingQuerySet.as_manager()

    base_form_class = ConsentWordingForm
    panels = [FieldPanel(name) for name in (*SAID, "is_asked")]

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

    @property
    def digest(self) -> str:
        """By which it is known whether somebody has read these very words."""
        said = json.dumps([getattr(self, name) for name in SAID])
        return hashlib.sha256(said.encode()).hexdigest()

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            # Whoever is agreeing to it is waited for.
            stored = ConsentWording.objects.select_for_update().filter(pk=self.pk)
            found = stored.first()
            if found and found.digest != self.digest and found.is_used:
                raise WordingInUse
        super().save(*args, **kwargs)


def _base(language: str | None) -> str:
    """Return ``de`` for ``de-at``."""
    return (language or "").partition("-")[0].lower()


def _newest_of_each_purpose(newest_first: list[ConsentWording]) -> list[ConsentWording]:
    found: dict[str, ConsentWording] = {}
    for wording in newest_first:
        found.setdefault(wording.purpose.strip().casefold(), wording)
    return list(found.values())
