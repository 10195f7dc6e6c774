"""Publishing rule for buttons that lead nowhere."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.blocks.actions import CallToActionBlock
from core.prefetch.walk import walk
from core.publishing.gate import Level, Problem, register
from core.publishing.rules import problem_at


@register
class ButtonWithoutTarget:
    """Refuses a button that leads nowhere, or to two places."""

    code = "button-without-target"
    title = _("Button that leads nowhere, or to two places")
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        for place in walk(page):
            if not isinstance(place.block, CallToActionBlock):
                continue
            chosen = place.value.get("page")
            typed = (place.value.get("address") or "").strip()
            if chosen and typed:
                sentence = gettext(
                    "The button “{label}” has a page and an address. Keep one of them."
                )
            elif not (chosen or typed):
                sentence = gettext(
                    "The button “{label}” leads nowhere. Choose a page, or type an "
                    "address."
                )
            else:
                continue
            label = place.value.get("label") or ""
            yield problem_at(place, self, sentence.format(label=label))
