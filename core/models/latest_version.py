"""What the admin's search knows of pages that are being written."""

from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.search import index

from core.prefetch.walk import walk
from core.text.plain_text import readable_at, words_of_fields


class LatestVersion(index.Indexed, models.Model):
    """The latest version of a page in the search index, apart from what readers find.

    A page's own entry there holds what was published, or what code stored without a
    version. The words are in no row, only in the index.
    """

    page = models.OneToOneField(
        Page,
        models.CASCADE,
        primary_key=True,
        related_name="latest_version",
        verbose_name=_("page"),
    )

    search_fields = [index.AutocompleteField("words"), index.FilterField("page")]

    class Meta:
        verbose_name = _("latest version")
        verbose_name_plural = _("latest versions")

    def __str__(self) -> str:
        return str(self.page_id)

    @classmethod
    def get_indexed_objects(cls) -> Any:
        return super().get_indexed_objects().select_related("page")

    @cached_property
    def words(self) -> str:
        """The text of all its fields and blocks."""
        return words_of(self.page.get_latest_revision_as_object())


def words_of(page: Any) -> str:
    """Return the text of all fields and blocks of ``page``, a line each."""
    fields = (text for _name, text in words_of_fields(page))
    blocks = (text for place in walk(page) for text in readable_at(place))
    return "\n".join(filter(None, (*fields, *blocks)))


def note_version(pk: int) -> None:
    """Have the index read the latest version of a page again."""
    # Saving tells the index, though but for the first time there is nothing to store.
    LatestVersion(page_id=pk).save()
