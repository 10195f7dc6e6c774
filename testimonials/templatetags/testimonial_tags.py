"""Template tags that show stories which readers may see."""

import re
from itertools import count
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from testimonials.models.pages import TestimonialPage

register = template.Library()
_SECTION = "testimonials/includes/section.html"
# As testimonials/includes/disclaimer.html and the page of a story print it; rich text
# has no such element.
_DISCLAIMER = re.compile(r'<div class="story-note(?: notice)?">.*?</div>\s*', re.DOTALL)


@register.inclusion_tag(_SECTION, takes_context=True)
def stories_section(context: template.Context, stories: Any) -> dict[str, Any]:
    """Render a section with stories that may be shown, and their portraits fetched."""
    return _section(context, stories, _("Patients' stories"))


@register.inclusion_tag(_SECTION, takes_context=True)
def stories_by(
    context: template.Context, person: Any, limit: int = 6, heading: str = ""
) -> dict[str, Any]:
    """Render a section with the stories that a `people.PersonPage` tells by name."""
    stories = TestimonialPage.objects.by(person).originals().newest()
    stories = stories.for_cards()[:limit]
    return _section(context, stories, heading or _("Own story"))


def _section(context: template.Context, stories: Any, heading: str) -> dict[str, Any]:
    return {"stories": stories, "heading": heading, "chrome": context.get("chrome")}


class FirstDisclaimerNode(template.Node):
    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        number = count()
        html = _DISCLAIMER.sub(
            lambda found: "" if next(number) else found[0],
            self.nodelist.render(context),
        )
        return mark_safe(html)  # noqa: S308  escaped by the templates between


@register.tag
def first_disclaimer(parser: Any, token: Any) -> FirstDisclaimerNode:
    """Print the stories' disclaimer once until ``{% endfirst_disclaimer %}``.

    It is the same beside each story of a page; the first stands for all that follow.
    """
    nodelist = parser.parse(("endfirst_disclaimer",))
    parser.delete_first_token()
    return FirstDisclaimerNode(nodelist)
