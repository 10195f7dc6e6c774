"""Whom a picture or film shows."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.media.coverage import Purpose
from core.models.images import SiteImage
from core.models.videos import Video
from people.models import PersonPage
from testimonials.models.consent import Consent
from testimonials.models.subject import Subject

# The field for each kind of what shows people.
MEDIA: dict[type[models.Model], str] = {SiteImage: "image", Video: "video"}


class AppearanceQuerySet(models.QuerySet["Appearance"]):
    """Completes the sentence “appearances …”."""

    def in_record(self, record: Any) -> "AppearanceQuerySet":
        return self.filter(**{MEDIA[type(record)]: record.pk})

    def in_each(self, model: type[models.Model]) -> "AppearanceQuerySet":
        """Return those in the record of ``model`` that an outer query is at."""
        return self.filter(**{MEDIA[model]: OuterRef("pk")})

    def beyond_consent(self, purpose: Purpose) -> "AppearanceQuerySet":
        """Return those that the person does not allow today.

        A picture needs consent to medical detail and to photographs, since it stands in
        a story; a film, in which the person may be heard, to medical detail, video and
        voice. The own published profile shows what its person put there.
        """
        consents = Consent.objects.in_force().filter(subject=OuterRef("subject"))
        in_films = Exists(consents.filter(scope_video=True)) & Exists(
            consents.filter(scope_voice=True)
        )
        beyond = self.exclude(
            Exists(consents.filter(scope_medical_detail=True))
            & (
                Q(video=None) & Exists(consents.filter(scope_photograph=True))
                | Q(image=None) & in_films
            )
        )
        if Purpose.PROFILE in purpose:
            own = Subject.objects.filter(
                pk=OuterRef("subject"),
                person__in=PersonPage.objects.published(),
                person__portrait=OuterRef("image"),
            )
            beyond = beyond.exclude(Exists(own))
        return beyond


class Appearance(models.Model):
    """A person who is shown by a picture or by a film."""

    subject = models.ForeignKey(
        Subject,
        on_delete=models.CASCADE,
        related_name="appearances",
        verbose_name=_("subject"),
    )
    image = models.ForeignKey(
        SiteImage,
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("image"),
    )
    video = models.ForeignKey(
        Video,
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("video"),
    )

    objects = AppearanceQuerySet.as_manager()

    # Who is shown is nothing for lists of what uses a picture.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")
        constraints = [
            models.CheckConstraint(
                condition=Q(image=None) ^ Q(video=None), name="appearance_in_one"
            ),
            models.UniqueConstraint(
                fields=["subject", "image"], name="unique_in_image"
            ),
            models.UniqueConstraint(
                fields=["subject", "video"], name="unique_in_video"
            ),
        ]

    def __str__(self) -> str:
        return gettext("Appearance {number}").format(number=self.pk)
