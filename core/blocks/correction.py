"""A note that the paragraph above was corrected."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from core.blocks import groups
from core.blocks.prose import INLINE, ProseBlock


class CorrectionBlock(blocks.StructBlock):
    """When the block before it was corrected, and what that said until then.

    The two are printed together; see `core.templatetags.core_tags.with_corrections`.
    """

    date = blocks.DateBlock(label=_("Corrected on"))
    text = ProseBlock(
        features=INLINE,
        help_text=_("What it said before, and what was wrong with it."),
        label=_("Text"),
    )

    class Meta:
        icon = "edit"
        label = _("Correction")
        group = groups.TEXT
        template = "core/blocks/correction.html"
        label_format = "{date} {text}"
        help_text = _(
            "Put it after the block that was corrected. Once published it stays in the "
            "page as it is, beside that block wherever you move it."
        )
        description = _("When the paragraph above was corrected, and what it said")
        preview_value = {
            "date": date(2026, 11, 3),
            "text": "<p>It said that 84 people took part. There were 48.</p>",
        }

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["date"] and cleaned["date"] > timezone.localdate():
            raise StructBlockValidationError(
                block_errors={
                    "date": ValidationError(gettext("This day is yet to come."))
                }
            )
        return cleaned
