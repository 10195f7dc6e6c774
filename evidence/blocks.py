"""Blocks that say where what they say comes from."""

from typing import Any

from wagtail import blocks

from core.blocks import groups
from core.blocks.body import BodyBlock
from core.blocks.choosers import PageBlock, SnippetBlock
from core.blocks.prose import INLINE, PROSE, ProseBlock

_LOCATOR_HELP = "A page, chapter, table or figure, such as p. 14."


def _reference() -> Any:
    # Asked for by the publish gate (evidence.rules), so that a draft can wait for it.
    return SnippetBlock("evidence.Reference", required=False)


class SpokenQuotationBlock(blocks.StructBlock):
    """What somebody said, introduced by name."""

    introduction = blocks.CharBlock(
        max_length=200,
        required=False,
        help_text="Before the name, such as: The neurologist who led the trial.",
    )
    text = ProseBlock(features=PROSE)
    speaker = blocks.CharBlock(
        max_length=120,
        required=False,
        help_text="The name, when the person has no profile here.",
    )
    person: Any = PageBlock("people.PersonPage", required=False)

    class Meta:
        icon = "openquote"
        group = groups.EVIDENCE
        template = "evidence/blocks/spoken_quotation.html"
        label_format = "{speaker}"
        description = "A sentence somebody said, introduced by name"
        preview_value = {
            "introduction": "The neurologist who led the trial",
            "text": "<p>The next step is a larger study, not a larger promise.</p>",
            "speaker": "Dr Ada Example",
            "person": None,
        }

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        person = value.get("person")
        context["name"] = person.title if person else value.get("speaker")
        context["profile"] = person if person and person.live else None
        context["introduction"] = (value.get("introduction") or "").rstrip(" ,:")
        return context


class BlockQuotationBlock(blocks.StructBlock):
    """A longer passage from a work, with its citation."""

    text = ProseBlock(features=PROSE)
    reference = _reference()
    locator = blocks.CharBlock(max_length=80, required=False, help_text=_LOCATOR_HELP)

    class Meta:
        icon = "openquote"
        group = groups.EVIDENCE
        template = "evidence/blocks/block_quotation.html"
        label_format = "{reference}"
        description = "A passage from a paper, with its citation number"
        preview_value = {
            "text": "<p>Walking speed improved in the treated group only.</p>",
            "reference": None,
            "locator": "",
        }


class AttributedQuotationBlock(blocks.StructBlock):
    """A short quotation with the author's name after a dash."""

    text = ProseBlock(features=PROSE)
    author = blocks.CharBlock(max_length=200, required=False)
    reference = _reference()

    class Meta:
        icon = "openquote"
        group = groups.EVIDENCE
        template = "evidence/blocks/attributed_quotation.html"
        label_format = "{author}"
        description = "A paper quoted with its author's name after a dash"
        preview_value = {
            "text": "<p>These cells act less by replacing than by calming.</p>",
            "author": "Uccelli and colleagues",
            "reference": None,
        }


class KeyFactBlock(blocks.StructBlock):
    """One figure a reader should remember, and where it comes from."""

    figure = blocks.CharBlock(
        max_length=30, help_text="A number or a few words, such as 48 or 2 in 3."
    )
    text = ProseBlock(features=INLINE)
    reference = _reference()
    locator = blocks.CharBlock(max_length=80, required=False, help_text=_LOCATOR_HELP)

    class Meta:
        icon = "pick"
        group = groups.EVIDENCE
        template = "evidence/blocks/key_fact.html"
        label_format = "{figure}"
        description = "A figure with its source"
        preview_value = {
            "figure": "48",
            "text": "<p>people took part in the trial.</p>",
            "reference": None,
            "locator": "",
        }


class SourcedBodyBlock(BodyBlock):
    """The blocks of a body that quotes and cites."""

    spoken_quotation = SpokenQuotationBlock()
    block_quotation = BlockQuotationBlock()
    attributed_quotation = AttributedQuotationBlock()
    key_fact = KeyFactBlock()
