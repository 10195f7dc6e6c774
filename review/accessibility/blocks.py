"""The statement of accessibility as a block."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks import groups
from core.blocks.prose import PLAIN, ProseBlock
from review.accessibility.previews import sample_audit
from review.models.audits import AccessibilityAudit


class AccessibilityStatementBlock(blocks.StructBlock):
    """What the last audit has found, and whom to tell; no claim without an audit."""

    heading = blocks.CharBlock(max_length=120, label=_("Heading"))
    contact = ProseBlock(
        features=PLAIN,
        label=_("Contact"),
        help_text=_("How readers tell you what does not work."),
    )
    enforcement = ProseBlock(
        features=PLAIN,
        required=False,
        label=_("Enforcement"),
        help_text=_("Where they complain if your answer does not help."),
    )

    class Meta:
        icon = "glasses"
        label = _("Accessibility statement")
        group = groups.TEXT
        template = "review/blocks/accessibility_statement.html"
        description = _("What the last accessibility audit has found")
        label_format = "{heading}"
        preview_value = {
            "heading": "How accessible this site is",
            "contact": "<p>Call us on 01632 960000.</p>",
            "enforcement": "<p>Write to the complaints office.</p>",
        }

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        sample = context.get("sample_audit")
        context["audit"] = sample or AccessibilityAudit.objects.latest_first().first()
        return context

    def get_preview_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(value, parent_context)
        return {**context, "sample_audit": sample_audit()}
