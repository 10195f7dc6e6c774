"""Blocks of pictures and films."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from core import previews
from core.blocks import groups
from core.blocks.choosers import PictureBlock, SnippetBlock
from core.blocks.prose import INLINE, PROSE, ProseBlock


class FigureBlock(blocks.StructBlock):
    """A picture, what it shows, and who made it."""

    image = PictureBlock(label=_("Image"))
    caption = ProseBlock(features=INLINE, required=False, label=_("Caption"))
    credit = blocks.CharBlock(
        max_length=200,
        required=False,
        help_text=_("Leave blank to print the credit kept with the picture."),
        label=_("Credit"),
    )
    long_description = ProseBlock(
        features=PROSE,
        required=False,
        help_text=_("For a chart or diagram: everything it says, in words."),
        label=_("Long description"),
    )

    class Meta:
        icon = "image"
        label = _("Figure")
        group = groups.MEDIA
        template = "core/blocks/figure.html"
        description = _("A picture with caption, credit and long description")
        preview_value = {
            "image": None,
            "caption": "<p>Pictured: the stages of the protocol.</p>",
            "credit": "Drawing: the clinic",
        }
        form_layout = BlockGroup(
            children=["image", "caption"], settings=["credit", "long_description"]
        )

    def get_preview_value(self) -> Any:
        image = previews.picture()
        return self.normalize({**super().get_preview_value(), "image": image})


class CarouselPictureBlock(blocks.StructBlock):
    """One picture of a row."""

    image = PictureBlock(label=_("Image"))
    caption = ProseBlock(features=INLINE, required=False, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Picture")


class PictureCarouselBlock(blocks.StructBlock):
    """Several pictures in a row: a list that scrolls without JavaScript."""

    heading = blocks.CharBlock(
        max_length=120,
        help_text=_("What the pictures show together."),
        label=_("Heading"),
    )
    pictures = blocks.ListBlock(
        CarouselPictureBlock(), min_num=2, max_num=20, label=_("Pictures")
    )

    class Meta:
        icon = "image"
        label = _("Row of pictures")
        group = groups.MEDIA
        template = "core/blocks/picture_carousel.html"
        label_format = "{heading}"
        description = _("Several pictures in a row, each with a caption")
        preview_value = {"heading": "Where we treat", "pictures": []}

    def get_preview_value(self) -> Any:
        shown = [
            {"image": previews.picture(), "caption": caption}
            for caption in ("<p>The ward in the morning.</p>", "<p>The gym.</p>")
        ]
        return self.normalize({**super().get_preview_value(), "pictures": shown})


class VideoBlock(blocks.StructBlock):
    """A film of the site's own, with captions and transcript."""

    video: Any = SnippetBlock("core.Video", label=_("Video"))
    caption = ProseBlock(features=INLINE, required=False, label=_("Caption"))

    class Meta:
        icon = "media"
        label = _("Video")
        group = groups.MEDIA
        template = "core/blocks/video.html"
        description = _("A video that plays here, with its captions and transcript")
        preview_value = {"video": None, "caption": "<p>Walking practice.</p>"}

    def get_preview_value(self) -> Any:
        return self.normalize(
            {**super().get_preview_value(), "video": previews.video()}
        )
