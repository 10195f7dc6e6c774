"""The block of a video at another host."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from core import previews
from core.blocks import groups
from core.blocks.choosers import PictureBlock
from core.blocks.outside_people import is_withheld, part_for_people
from core.blocks.prose import INLINE, PROSE, ProseBlock
from core.media.outside_videos import allowed_providers, outside_video


class OutsideVideoBlock(blocks.StructBlock):
    """A video at another host, which hears of nobody who does not press play.

    It is shown while everybody allows it whom it shows (`core.blocks.outside_people`).
    """

    address = blocks.URLBlock(
        max_length=300,
        help_text=_("As in your browser, such as https://vimeo.com/123456789."),
        label=_("Address of the video"),
    )
    title = blocks.CharBlock(max_length=150, label=_("Title"))
    poster = PictureBlock(
        help_text=_("Shown until somebody presses play. It is kept on this site."),
        label=_("Still picture"),
    )
    caption = ProseBlock(features=INLINE, required=False, label=_("Caption"))
    transcript = ProseBlock(
        features=PROSE,
        required=False,
        help_text=_("What is said and shown, for those who cannot see or hear it."),
        label=_("Transcript"),
    )

    class Meta:
        icon = "media"
        label = _("Video at another host")
        group = groups.MEDIA
        template = "core/blocks/outside_video.html"
        label_format = "{title}"
        description = _("A video at YouTube or Vimeo, asked for only when played")
        preview_value = {
            "address": "https://vimeo.com/123456789",
            "title": "Walking practice",
            "poster": None,
            "caption": "",
            "transcript": "",
        }

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__([*(local_blocks or ()), *part_for_people()], **kwargs)

    def get_preview_value(self) -> Any:
        poster = previews.picture()
        return self.normalize({**super().get_preview_value(), "poster": poster})

    def clean(self, value: Any) -> Any:
        """Refuse an address that leads to no video which this site may show.

        Raises:
            StructBlockValidationError: There is none at the address.
        """
        value = super().clean(value)
        if not value["address"] or outside_video(value["address"]):
            return value
        names = ", ".join(provider.name for provider in allowed_providers())
        if names:
            sentence = gettext(
                "This is no address of a video at {names}. Copy it from your browser "
                "while you watch the video."
            ).format(names=names)
        else:
            sentence = gettext(
                "This site shows no videos of other hosts. Upload the video under "
                "Videos, or ask an administrator to set VIDEO_PROVIDERS."
            )
        raise StructBlockValidationError({"address": ValidationError(sentence)})

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["video"] = outside_video(value.get("address") or "")
        page = (parent_context or {}).get("page")
        context["is_withheld"] = (
            getattr(page, "withholds_outside_videos", False)
            or is_withheld(value)
            or not _is_shown_by(getattr(page, "present", None), value)
        )
        return context


def identity(video: Any) -> Any:
    """Return what is equal for blocks of one video, by its address."""
    address = str(video.get("address") or "")
    return outside_video(address) or address


def _is_shown_by(present: Any, video: Any) -> bool:
    """Return whether readers of a page today see a video of its earlier version.

    Whom it shows may have been said since, and it may have been taken out for them.

    Args:
        present: The page, None where the video is in no earlier version.
        video: The block's value.
    """
    if present is None:
        return True
    same = [
        place.value
        for place in present.places
        if isinstance(place.block, OutsideVideoBlock) and place.value
        if identity(place.value) == identity(video)
    ]
    return bool(same) and not any(map(is_withheld, same))
