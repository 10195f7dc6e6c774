"""Blocks with a source: answers, quotations and key facts."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import NoFutureDateValidator

from core.blocks import groups
from core.blocks.body import BodyBlock
from core.blocks.choices import KeyBlock
from core.blocks.choosers import PageBlock, SnippetBlock
from core.blocks.prose import INLINE, PROSE, ProseBlock
from evidence.claim_block import ClaimBlock
from evidence.vocabulary import Certainty

_LOCATOR_HELP = _("A page, chapter, table or figure, such as p. 14.")


def _reference() -> Any:
    # Asked for by the publish gate (evidence.rules), so that a draft can wait for it.
    return SnippetBlock("evidence.Reference", required=False, label=_("Reference"))


class SpokenQuotationBlock(blocks.StructBlock):
    """A spoken quotation, introduced by the speaker's name."""

    introduction = blocks.CharBlock(
        max_length=200,
        required=False,
        help_text=_("Before the name, such as: The neurologist who led the trial."),
        label=_("Introduction"),
    )
    text = ProseBlock(features=PROSE, label=_("Text"))
    speaker = blocks.CharBlock(
        max_length=120,
        required=False,
        help_text=_("The name, when the person has no profile here."),
        label=_("Speaker"),
    )
    person: Any = PageBlock("people.PersonPage", required=False, label=_("Person"))

    class Meta:
        icon = "openquote"
        label = _("Spoken quotation")
        group = groups.EVIDENCE
        template = "evidence/blocks/spoken_quotation.html"
        label_format = "{speaker}"
        description = _("A sentence somebody said, introduced by name")
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
        context["profile"] = person if person and person.is_published else None
        context["introduction"] = (value.get("introduction") or "").rstrip(" ,:")
        return context


class BlockQuotationBlock(blocks.StructBlock):
    """A longer passage from a work, with its citation."""

    text = ProseBlock(features=PROSE, label=_("Text"))
    reference = _reference()
    locator = blocks.CharBlock(
        max_length=80, required=False, help_text=_LOCATOR_HELP, label=_("Locator")
    )

    class Meta:
        icon = "openquote"
        label = _("Block quotation")
        group = groups.EVIDENCE
        template = "evidence/blocks/block_quotation.html"
        label_format = "{reference}"
        description = _("A passage from a paper, with its citation number")
        preview_value = {
            "text": "<p>Walking speed improved in the treated group only.</p>",
            "reference": None,
            "locator": "",
        }


class AttributedQuotationBlock(blocks.StructBlock):
    """A short quotation with the author's name after a dash."""

    text = ProseBlock(features=PROSE, label=_("Text"))
    author = blocks.CharBlock(max_length=200, required=False, label=_("Author"))
    reference = _reference()

    class Meta:
        icon = "openquote"
        label = _("Attributed quotation")
        group = groups.EVIDENCE
        template = "evidence/blocks/attributed_quotation.html"
        label_format = "{author}"
        description = _("A paper quoted with its author's name after a dash")
        preview_value = {
            "text": "<p>These cells act less by replacing than by calming.</p>",
            "author": "Uccelli and colleagues",
            "reference": None,
        }


class KeyFactBlock(blocks.StructBlock):
    """One figure to remember, with its source."""

    figure = blocks.CharBlock(
        max_length=30,
        help_text=_("A number or a few words, such as 48 or 2 in 3."),
        label=_("Figure"),
    )
    text = ProseBlock(features=INLINE, label=_("Text"))
    reference = _reference()
    locator = blocks.CharBlock(
        max_length=80, required=False, help_text=_LOCATOR_HELP, label=_("Locator")
    )

    class Meta:
        icon = "pick"
        label = _("Key fact")
        group = groups.EVIDENCE
        template = "evidence/blocks/key_fact.html"
        label_format = "{figure}"
        description = _("A figure with its source")
        preview_value = {
            "figure": "48",
            "text": "<p>people took part in the trial.</p>",
            "reference": None,
            "locator": "",
        }


class AnswerBlock(blocks.StructBlock):
    """What a page says in short, how certain that is, and since when."""

    text = ProseBlock(
        features=PROSE,
        help_text=_("Two or three sentences for somebody who reads nothing else."),
        label=_("Answer"),
    )
    certainty = KeyBlock(
        choices=Certainty.choices,
        help_text=_("As GRADE rates evidence. Readers are told what it means."),
        label=_("How certain"),
    )
    as_of = blocks.DateBlock(
        validators=[NoFutureDateValidator()],
        help_text=_("When somebody last made sure that the answer still holds."),
        label=_("As of"),
    )

    class Meta:
        icon = "success"
        label = _("Answer")
        group = groups.EVIDENCE
        template = "evidence/blocks/answer.html"
        description = _("The page in short, how certain it is, and as of when")
        preview_value = {
            "text": "<p>Perhaps, for some people, for a time.</p>",
            "certainty": Certainty.LOW,
            "as_of": date(2026, 1, 1),
        }

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        certainty = value.get("certainty")
        # A draft may leave it open.
        context["certain"] = Certainty(certainty).sentence if certainty else ""
        return context


class ShortAnswerBlock(blocks.StreamBlock):
    """The one answer that may stand above a page's picture."""

    answer = AnswerBlock()

    class Meta:
        template = "core/blocks/body.html"
        max_num = 1


class SourcedBodyBlock(BodyBlock):
    """The blocks of a body with quotations and citations."""

    spoken_quotation = SpokenQuotationBlock()
    block_quotation = BlockQuotationBlock()
    attributed_quotation = AttributedQuotationBlock()
    key_fact = KeyFactBlock()
    claim = ClaimBlock()
