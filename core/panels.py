"""Panels of the page editor."""

from typing import Any

from wagtail.admin.panels import Panel

from core import gate


def problems_context(page: Any) -> dict[str, Any]:
    """Return what ``core/includes/problems_*.html`` print of ``page``."""
    return {
        "problems": gate.publishing_problems(page),
        "suggestions": gate.suggestions(page),
    }


class ProblemsPanel(Panel):
    """What stands against publishing, beside the page while it is being written.

    Autosave replaces its count and its list (core/includes/problems_update.html).
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "core/panels/problems.html"

        class Media:
            css = {"all": ["core/problems.css"]}

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Tell of problems from the first save on; before, leave room for them."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            if self.instance.pk:
                context |= problems_context(self.instance)
            return context
