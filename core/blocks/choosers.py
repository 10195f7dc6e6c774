"""Chooser blocks that use records fetched for the whole page.

Migrations write each as Wagtail's own block, so that it can be renamed.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from core.prefetch.records import chosen


class _ChosenMixin:
    """Takes the records of the page that is being read before asking the database."""

    _stock = ""

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        pks = list(values)
        records = chosen(self.model_class, pks)  # type: ignore[attr-defined]
        if records is None:
            records = super().bulk_to_python(pks)  # type: ignore[misc]
        return records

    def clean(self, value: Any) -> Any:
        """Take a record that has been fetched as it is, without fetching it again."""
        if isinstance(value, self.model_class):  # type: ignore[attr-defined]
            self.field.run_validators(value)  # type: ignore[attr-defined]
            return value
        return super().clean(value)  # type: ignore[misc]

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        _stock, args, kwargs = super().deconstruct()  # type: ignore[misc]
        return self._stock, args, kwargs


class PageBlock(_ChosenMixin, blocks.PageChooserBlock):
    """Chooses a page."""

    _stock = "wagtail.blocks.PageChooserBlock"


class SnippetBlock(_ChosenMixin, SnippetChooserBlock):
    """Chooses a record of a library."""

    _stock = "wagtail.snippets.blocks.SnippetChooserBlock"


class _ImageBlock(_ChosenMixin, ImageChooserBlock):
    _stock = "wagtail.images.blocks.ImageChooserBlock"


class PictureBlock(ImageBlock):
    """Chooses a picture, with its alternative text in this place."""

    def __init__(self, required: bool = True, **kwargs: Any) -> None:
        super().__init__(required=required, **kwargs)
        image = _ImageBlock(required=required, label=_("Image"))
        image.set_name("image")
        self.child_blocks["image"] = image
