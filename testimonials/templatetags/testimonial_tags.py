"""Template tags that show stories which readers may see."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from testimonials.models.pages import TestimonialPage

register = template.Library()
_SECTION = "testimonials/includes/section.html"


@register.inclusion_tag(_SECTION, takes_context=True)
def stories_about(
    context: template.Context,
    topic: Any,
    limit: int = 6,
    heading: str = "",
) -> dict[str, Any]:
    """Render a section with the newest stories on a `core.Topic`."""
    stories = TestimonialPage.objects.showable().about(topic)
    return _section(context, stories, limit, heading or _("Patients' stories"))


@register.inclusion_tag(_SECTION, takes_context=True)
def stories_by(
    context: template.Context, person: Any, limit: int = 6, heading: str = ""
) -> dict[str, Any]:
    """Render a section with the stories that a `people.PersonPage` tells by name."""
    stories = TestimonialPage.objects.by(person)
    return _section(context, stories, limit, heading or _("Own story"))


def _section(
    context: template.Context, stories: Any, limit: int, heading: str
) -> dict[str, Any]:
    return {
        "stories": stories.newest().for_cards()[:limit],
        "heading": heading,
        "chrome": context.get("chrome"),
    }
