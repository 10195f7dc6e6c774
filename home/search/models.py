"""What the site's search keeps: the words of pages, and words that mean the same."""

from enum import IntEnum
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from home.search.words import LONGEST
from testimonials.models.pages import TestimonialPage


class Weight(IntEnum):
    """How much a word says of its page, by the place where it stands."""

    TITLE = 16
    TITLE_TAG = 9
    SUMMARY = 5
    HEADING = 3
    BODY = 1


class SearchWord(models.Model):
    """A word of a published page, as `home.search.words` reads it."""

    page = models.ForeignKey(
        Page,
        models.CASCADE,
        related_name="search_words",
        verbose_name=_("page"),
    )
    word = models.CharField(_("word"), max_length=LONGEST)
    # That of the weightiest place where the page says it, and how often it does.
    weight = models.PositiveSmallIntegerField(_("weight"))
    count = models.PositiveSmallIntegerField(_("count"))
    # A word of a story is found only while a consent covers the story.
    story = models.ForeignKey(
        TestimonialPage,
        models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("story"),
    )

    # Made of pages, which Wagtail looks through for references by itself.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("word of a page")
        verbose_name_plural = _("words of pages")
        indexes: ClassVar[list[models.Index]] = [
            # PostgreSQL looks up beginnings only in an index that is made for them.
            models.Index(
                fields=["word", "page"],
                name="search_word",
                opclasses=["varchar_pattern_ops", "int4_ops"],
            )
        ]

    def __str__(self) -> str:
        return self.word


class Synonyms(models.Model):
    """Words and phrases that visitors use for one thing."""

    words = models.CharField(
        _("words"),
        max_length=500,
        help_text=_(
            "Separated by commas, such as: phone, telephone, ring, call. Whoever "
            "searches for one of them finds pages that say another."
        ),
    )

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["words"]

    def __str__(self) -> str:
        return self.words

    @property
    def phrases(self) -> list[str]:
        """The words and phrases, one by one."""
        return [phrase for each in self.words.split(",") if (phrase := each.strip())]

    def clean(self) -> None:
        """Refuse a word alone.

        Raises:
            ValidationError: There are not two words or phrases with a comma between.
        """
        super().clean()
        if len(self.phrases) < 2:
            raise ValidationError(
                {"words": _("Write at least two, with a comma between.")}
            )
        self.words = ", ".join(self.phrases)
