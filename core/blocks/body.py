"""The stream that every page type's own stream starts from."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks import groups
from core.blocks.actions import CallToActionBlock, PageCardsBlock
from core.blocks.chart import ChartBlock
from core.blocks.correction import CorrectionBlock
from core.blocks.media import FigureBlock, PictureCarouselBlock, VideoBlock
from core.blocks.outside_video import OutsideVideoBlock
from core.blocks.prose import PROSE, ParagraphBlock
from core.blocks.text import (
    CalloutBlock,
    ComparisonBlock,
    HeadingBlock,
    ItemListBlock,
    QuestionsBlock,
)


class BodyBlock(blocks.StreamBlock):
    """The blocks a page is composed of; apps above add their own."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock(
        features=PROSE,
        label=_("Paragraph"),
        icon="pilcrow",
        group=groups.TEXT,
        template="core/blocks/paragraph.html",
        description=_("Text with links, lists and citations"),
        preview_value="<p>Two in three people who took part walked further.</p>",
    )
    correction = CorrectionBlock()
    list = ItemListBlock()
    questions = QuestionsBlock()
    comparison = ComparisonBlock()
    chart = ChartBlock()
    callout = CalloutBlock()
    figure = FigureBlock()
    picture_carousel = PictureCarouselBlock()
    video = VideoBlock()
    outside_video = OutsideVideoBlock()
    call_to_action = CallToActionBlock()
    page_cards = PageCardsBlock()

    class Meta:
        template = "core/blocks/body.html"
