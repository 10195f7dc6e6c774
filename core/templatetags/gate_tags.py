"""Template tags that show the problems found by the publish gate.

``{% problems_update page %}`` renews the list of problems in the form.
``{% problem_marks %}`` hides a mark in a preview for each thing found, which the
content checks count (`core.publishing.content_checks`).
"""

from typing import Any

from django import template

from core.publishing import content_checks
from core.publishing.panels import problems_context

register = template.Library()


@register.inclusion_tag("core/includes/problems_update.html", takes_context=True)
def problems_update(context: Any, page: Any) -> dict[str, Any]:
    return problems_context(page, context["request"].user)


@register.inclusion_tag("core/includes/problem_marks.html", takes_context=True)
def problem_marks(context: Any) -> dict[str, Any]:
    page = context.get("page")
    is_preview = getattr(context.get("request"), "is_preview", False)
    return {"problems": content_checks.marked(page) if page and is_preview else []}
