"""What templates of higher apps show of stories; nothing where none may be shown."""

from typing import Any

from django import template

from testimonials.models.pages import TestimonialPage

register = template.Library()
_SECTION = "testimonials/includes/section.html"


@register.inclusion_tag(_SECTION, takes_context=True)
def stories_about(
    context: template.Context,
    topic: Any,
    limit: int = 6,
    heading: str = "Patients' stories",
) -> dict[str, Any]:
    """Render a section with the newest stories on a `core.Topic`."""
    stories = TestimonialPage.objects.showable().about(topic)
    return _section(context, stories, limit, heading)


@register.inclusion_tag(_SECTION, takes_context=True)
def stories_by(
    context: template.Context, person: Any, limit: int = 6, heading: str = "Own story"
) -> dict[str, Any]:
    """Render a section with what a `people.PersonPage` tells under their own name."""
    return _section(context, TestimonialPage.objects.by(person), limit, heading)


def _section(
    context: template.Context, stories: Any, limit: int, heading: str
) -> dict[str, Any]:
    return {
        "stories": stories.newest().for_cards()[:limit],
        "heading": heading,
        "chrome": context.get("chrome"),
    }
