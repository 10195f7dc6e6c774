"""The block that quotes a patient who has told no story of their own here."""

from typing import Any

from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks import groups
from core.blocks.prose import INLINE, ProseBlock
from testimonials.models.scope import Scope, scopes_of
from testimonials.models.subject import ANONYMOUS, Subject
from testimonials.quoting.choosing import SUBJECT, SubjectBlock


class PatientQuoteBlock(blocks.StructBlock):
    """Words of somebody who was treated, printed while their consent covers them."""

    subject: Any = SubjectBlock(
        SUBJECT,
        help_text=_(
            "Who said it. Readers see the name, the initials or “A patient”, as the "
            "person allows, and nothing at all without consent to medical detail."
        ),
        label=_("Person"),
    )
    # Found by search, they would outlive the consent.
    text = ProseBlock(
        features=INLINE,
        search_index=False,
        help_text=_("What the person said, word for word and without their name."),
        label=_("Text"),
    )
    context = blocks.CharBlock(
        required=False,
        max_length=120,
        search_index=False,
        help_text=_("When or where, such as: Two months after treatment."),
        label=_("When it was said"),
    )

    class Meta:
        icon = "openquote"
        label = _("Patient's words")
        group = groups.STORIES
        template = "testimonials/blocks/patient_quote.html"
        label_format = "{text}"
        description = _("What a patient said, shown only while they allow it")
        # A rule of its own asks for it beside the block.
        tells_typical = True
        preview_value = {
            "subject": None,
            "text": "<p>I had forgotten what it is to be tired from walking.</p>",
            "context": "Two months after treatment",
        }

    def get_preview_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(value, parent_context)
        return {**context, "is_sample": True}

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Add ``quoted``, whether the words may be printed, and ``name``."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        subject = value.get("subject")
        is_sample = bool((parent_context or {}).get("is_sample"))
        scope = Scope.of_subject(subject) if subject else None
        context["quoted"] = is_sample or bool(scope and scope.story)
        context["name"] = scope.name_of(subject) if scope else str(ANONYMOUS)
        context["disclosure"] = subject.printed_disclosure if subject else ""
        return context


def with_scopes() -> Any:
    """Return people with what they allow today, in the same query."""
    return Subject.objects.annotate(**scopes_of(OuterRef("pk")))
