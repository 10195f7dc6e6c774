"""The form in which readers sign up, placed anywhere in a page."""

import hashlib
from typing import Any

from django.http import HttpRequest
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from core.blocks import groups
from core.blocks.choosers import PageBlock
from core.blocks.prose import PLAIN, ProseBlock
from core.prefetch import register
from core.walk import Place, walk
from newsletter.forms import SignUpForm

RECEIVED = "received"


class SignUpBlock(blocks.StructBlock):
    """A field for an address, with what is said before and after."""

    heading = blocks.CharBlock(max_length=120)
    text = ProseBlock(features=PLAIN, required=False)
    label = blocks.CharBlock(
        max_length=60, default="Sign up", help_text="What the button says."
    )
    success = ProseBlock(
        features=PLAIN,
        default="<p>Thank you. Please open the link in the e-mail that we sent.</p>",
        help_text="Shown in place of the form once an address was received.",
    )
    failure = ProseBlock(
        features=PLAIN,
        default="<p>That did not work. Please look at the address again.</p>",
        help_text="Shown above the form when what was typed is no address.",
    )
    page = PageBlock(required=False, help_text="A page to link to beside the form.")
    page_label = blocks.CharBlock(
        required=False,
        max_length=120,
        label="Words of the link",
        help_text="Leave blank to print the page's title.",
    )

    class Meta:
        icon = "mail"
        label = "Newsletter sign-up"
        group = groups.ACTIONS
        template = "newsletter/blocks/sign_up.html"
        label_format = "{heading}"
        description = "A form to subscribe to the newsletter"
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
    """Return the form that was posted from this block and sent back, if any."""
    returned: tuple[str, SignUpForm] | None = getattr(request, "returned_sign_up", None)
    return returned[1] if returned and returned[0] == block_id else None


@register
def name_sign_ups(places: list[Place]) -> None:
    """Tell each sign-up its block's id, by which its form is found again."""
    for place in places:
        if isinstance(place.block, SignUpBlock) and place.value is not None:
            place.value.block_id = place.block_id


def sign_up_in(page: Any, block_id: str) -> Any:
    """Return the sign-up with ``block_id`` in ``page``, None when there is none."""
    for place in walk(page) if block_id else ():
        if isinstance(place.block, SignUpBlock) and place.block_id == block_id:
            return place.value
    return None


def wording_version(sign_up: Any) -> str:
    """Return what stands for the words beside a sign-up: other words, another one."""
    if sign_up is None:
        return "general"
    text = sign_up["text"].source if sign_up["text"] else ""
    words = "\n".join([sign_up["heading"], text, sign_up["label"]])
    return hashlib.sha256(words.encode()).hexdigest()[:12]
