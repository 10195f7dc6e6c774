"""The consent: one agreement, whose wording is kept with the answer."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from applications.composing.question import CHOICES, FormQuestionBlock, layout


class ConsentBlock(FormQuestionBlock):
    """One agreement, to one purpose, never ticked beforehand."""

    label = blocks.TextBlock(
        max_length=1000,
        rows=2,
        help_text=_("The agreement, beginning with “I agree”. One purpose only."),
        label=_("Label"),
    )
    short_name = blocks.CharBlock(
        required=False,
        max_length=80,
        help_text=_(
            "Shown in place of the wording where answers are listed, such as: Reading "
            "my health details. A form that asks about health needs it."
        ),
        label=_("Short name"),
    )

    class Meta:
        icon = "check"
        form_layout = layout(own=("short_name",))
        label = _("Consent")
        group = CHOICES
        description = _(
            "A box to tick for one agreement; its wording is kept with the answer"
        )
        preview_value = {
            "label": "I agree that the clinic reads my health details.",
            "short_name": "Reading my health details",
            "required": True,
        }
