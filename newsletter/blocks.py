"""The newsletter's sign-up form as a block."""

import hashlib
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from core.blocks import groups
from core.blocks.choosers import PageBlock
from core.blocks.prose import PLAIN, ProseBlock
from core.prefetch.walk import walk
from newsletter.forms import SignUpForm

RECEIVED = "received"


class SignUpBlock(blocks.StructBlock):
    """A sign-up form, with text before and after."""

    heading = blocks.CharBlock(max_length=120, label=_("Heading"))
    text = ProseBlock(features=PLAIN, required=False, label=_("Text"))
    label = blocks.CharBlock(
        max_length=60,
        default="Sign up",
        help_text=_("What the button says."),
        label=_("Label"),
    )
    success = ProseBlock(
        features=PLAIN,
        default="<p>Thank you. Please open the link in the e-mail that we sent.</p>",
        help_text=_("Shown instead of the form once an address has been received."),
        label=_("Success"),
    )
    failure = ProseBlock(
        features=PLAIN,
        default="<p>That did not work. Please check the address.</p>",
        help_text=_("Shown above the form when what was typed is not an address."),
        label=_("Failure"),
    )
    page = PageBlock(
        required=False,
        help_text=_("A page to link to beside the form."),
        label=_("Page"),
    )
    page_label = blocks.CharBlock(
        required=False,
        max_length=120,
        label=_("Link text"),
        help_text=_("Leave blank to print the page's title."),
    )

    class Meta:
        icon = "mail"
        label = _("Newsletter sign-up")
        group = groups.ACTIONS
        template = "newsletter/blocks/sign_up.html"
        label_format = "{heading}"
        description = _("A form to subscribe to the newsletter")
        preview_value = {
            "heading": "News by e-mail",
            "text": "<p>Four letters a year. You can leave with one click.</p>",
            "label": "Sign up",
            "success": "<p>Thank you.</p>",
            "failure": "<p>Please look at the address again.</p>",
            "page": None,
            "page_label": "",
        }
        form_layout = BlockGroup(
            children=["heading", "text", "label", "page", "page_label"],
            settings=["success", "failure"],
        )

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        block_id = getattr(value, "block_id", "")
        request = context.get("request")
        context |= {
            "block_id": block_id,
            "form": _form_of(request, block_id),
            "is_received": bool(
                block_id and request and request.GET.get("newsletter") == RECEIVED
            ),
        }
        return context


def _form_of(request: HttpRequest | None, block_id: str) -> SignUpForm | None:
    """Return the invalid form that was posted from this block, if any."""
    returned: tuple[str, SignUpForm] | None = getattr(request, "returned_sign_up", None)
    return returned[1] if returned and returned[0] == block_id else None


def sign_up_in(page: Any, block_id: str) -> Any:
    """Return the sign-up block with ``block_id`` in ``page``, or None."""
    for place in walk(page) if block_id else ():
        if isinstance(place.block, SignUpBlock) and place.block_id == block_id:
            return place.value
    return None


def wording_version(sign_up: Any) -> str:
    """Return a fingerprint of the wording beside a sign-up."""
    if sign_up is None:
        return "general"
    text = sign_up["text"].source if sign_up["text"] else ""
    words = "\n".join([sign_up["heading"], str(text), str(sign_up["label"])])
    return hashlib.sha256(words.encode()).hexdigest()[:12]
