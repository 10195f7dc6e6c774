"""Blocks of pictures and films."""

from typing import Any

from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from core import examples
from core.blocks import groups
from core.blocks.choosers import PictureBlock, SnippetBlock
from core.blocks.prose import INLINE, PROSE, ProseBlock


class FigureBlock(blocks.StructBlock):
    """A picture, what it shows, and who made it."""

    image = PictureBlock()
    caption = ProseBlock(features=INLINE, required=False)
    credit = blocks.CharBlock(
        max_length=200,
        required=False,
        help_text="Leave blank to print the credit kept with the picture.",
    )
    long_description = ProseBlock(
        features=PROSE,
        required=False,
        help_text="For a chart or diagram: everything it says, in words.",
    )

    class Meta:
        icon = "image"
        group = groups.MEDIA
        template = "core/blocks/figure.html"
        description = "A picture with caption, credit and long description"
        preview_value = {
            "image": None,
            "caption": "<p>Pictured: the stages of the protocol.</p>",
            "credit": "Drawing: the clinic",
        }
        form_layout = BlockGroup(
            children=["image", "caption"], settings=["credit", "long_description"]
        )

    def get_preview_value(self) -> Any:
        image = examples.picture()
        return self.normalize({**super().get_preview_value(), "image": image})


class VideoBlock(blocks.StructBlock):
    """A film of the site's own, with captions and transcript."""

    video: Any = SnippetBlock("core.Video")
    caption = ProseBlock(features=INLINE, required=False)

    class Meta:
        icon = "media"
        group = groups.MEDIA
        template = "core/blocks/video.html"
        description = "A video that plays here, with its captions and transcript"
        preview_value = {"video": None, "caption": "<p>Walking practice.</p>"}

    def get_preview_value(self) -> Any:
        return self.normalize(
            {**super().get_preview_value(), "video": examples.video()}
        )
