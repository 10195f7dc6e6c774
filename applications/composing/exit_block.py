"""The block of a page for those who can probably not be helped here."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from applications.composing.condition_blocks import ConditionBlock
from applications.composing.route_blocks import ORDER
from core.blocks import groups
from core.blocks.prose import PLAIN, PROSE, ParagraphBlock, ProseBlock
from core.blocks.text import CalloutBlock, HeadingBlock, ItemListBlock
from evidence.blocks import BlockQuotationBlock, KeyFactBlock


class ExitBodyBlock(blocks.StreamBlock):
    """What an exit says about its reason: text, and the evidence for it."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock(
        features=PROSE,
        label=_("Paragraph"),
        icon="pilcrow",
        group=groups.TEXT,
        template="core/blocks/paragraph.html",
    )
    points = ItemListBlock()
    callout = CalloutBlock()
    block_quotation = BlockQuotationBlock()
    key_fact = KeyFactBlock()

    class Meta:
        template = "core/blocks/body.html"
        required = False

    def to_python(self, value: Any) -> Any:
        return super().to_python(value or [])  # a draft may hold nothing

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        found: list[Any] = super().bulk_to_python([value or [] for value in values])
        return found


class ExitBlock(blocks.StructBlock):
    """A page for those who cannot be helped here; they may go on all the same.

    What it says is frozen with the form. The works that it cites are not: a retraction
    shows at once, as in articles.
    """

    title = blocks.CharBlock(
        max_length=120,
        help_text=_("Such as: We can probably not help you."),
        label=_("Title"),
    )
    text = ProseBlock(
        features=PROSE,
        help_text=_("Why, in a few sentences. /citation cites a work of the library."),
        label=_("Reason"),
    )
    body = ExitBodyBlock(label=_("More about the reason"))
    alternative = ProseBlock(
        features=PROSE,
        required=False,
        help_text=_("Who or what can, such as a neurologist near them."),
        label=_("What may help instead"),
    )
    ask = ProseBlock(
        features=PLAIN,
        required=False,
        help_text=_(
            "Whom to ask, with a link to a page, an e-mail address or a telephone "
            "number. The site's own stand below it."
        ),
        label=_("Ask a person"),
    )
    condition = ConditionBlock()

    class Meta:
        is_page = True  # at an address of its own, with headings of its own
        icon = "logout"
        label = _("Exit")
        group = ORDER
        template = "applications/blocks/exit.html"
        label_format = "{title}"
        description = _("A page that says why an application would probably not help")
        preview_value = {
            "title": "We can probably not help you",
            "text": "<p>Treatment has been tried with adults only.</p>",
            "body": [{"type": "paragraph", "value": "<p>The youngest was 18.</p>"}],
            "alternative": "<p>A clinic for children can tell you what helps now.</p>",
            "ask": "<p>Our nurses answer questions before you apply.</p>",
        }
