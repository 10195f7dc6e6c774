"""The block of a claim: a sentence with what is known of the works behind it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks import groups
from core.blocks.choices import KeyBlock
from core.blocks.choosers import SnippetBlock
from core.blocks.prose import INLINE, ProseBlock
from evidence.vocabulary import Certainty, Direction, Status


class ClaimedWorkBlock(blocks.StructBlock):
    """A work that a claim rests on."""

    # Asked for by the publish gate (evidence.rules), so that a draft can wait for it.
    reference: Any = SnippetBlock(
        "evidence.Reference", required=False, label=_("Reference")
    )
    locator = blocks.CharBlock(
        max_length=80,
        required=False,
        help_text=_("A page, chapter, table or figure, such as p. 14."),
        label=_("Locator"),
    )
    on_another_subject = blocks.BooleanBlock(
        required=False,
        help_text=_(
            "It studied other people, another illness or another treatment. Readers "
            "are told so."
        ),
        label=_("On another subject"),
    )

    class Meta:
        icon = "openquote"
        label = _("Work")
        label_format = "{reference}"


class ClaimBlock(blocks.StructBlock):
    """A sentence of the text, what it is about, and what its works say of it."""

    sentence = ProseBlock(
        features=INLINE,
        help_text=_("As readers see it. The works below are cited at its end."),
        label=_("Sentence"),
    )
    outcome = blocks.CharBlock(
        max_length=120,
        help_text=_("What it is about, such as: walking speed after six months."),
        label=_("Outcome"),
    )
    people = blocks.CharBlock(
        max_length=200,
        required=False,
        help_text=_("Whom it is about, such as: adults with progressive disease."),
        label=_("People"),
    )
    direction = KeyBlock(
        choices=Direction.choices,
        help_text=_("What the works say of the sentence."),
        label=_("Direction"),
    )
    grade = KeyBlock(
        choices=Certainty.choices,
        required=False,
        help_text=_("How certain it is, as GRADE rates evidence."),
        label=_("How certain"),
    )
    works: Any = blocks.ListBlock(ClaimedWorkBlock(), default=[], label=_("Works"))

    class Meta:
        icon = "check"
        label = _("Claim")
        group = groups.EVIDENCE
        template = "evidence/blocks/claim.html"
        label_format = "{outcome}"
        description = _("A sentence with its works, for and against, and how certain")
        preview_value = {
            "sentence": "<p>People in the treated group walked a little faster.</p>",
            "outcome": "Walking speed after six months",
            "people": "Adults with progressive disease",
            "direction": Direction.SUPPORTS,
            "grade": Certainty.LOW,
            "works": [],
        }


def direct_works(claim: Any) -> list[Any]:
    """Return the works that studied what a `ClaimBlock` claims, retracted ones not."""
    return [
        work
        for each in claim.get("works") or ()
        if (work := each.get("reference"))
        and not each.get("on_another_subject")
        and work.status != Status.RETRACTED
    ]


def shows_something(claim: Any) -> bool:
    """Return whether works stand behind what a `ClaimBlock` says they say."""
    return claim.get("direction") != Direction.NONE and bool(direct_works(claim))


class OneClaimBlock(blocks.StreamBlock):
    """The one claim that a field may hold."""

    claim = ClaimBlock()

    class Meta:
        template = "core/blocks/body.html"
        max_num = 1
