"""Panels of the page editor."""

from typing import Any

from wagtail.admin.panels import Panel

from core.publishing import gate
from core.publishing.places import placed


def problems_context(page: Any) -> dict[str, Any]:
    """Return what ``core/includes/problems_*.html`` print of ``page``."""
    return {
        "problems": placed(gate.publishing_problems(page), page),
        "suggestions": placed(gate.suggestions(page), page),
    }


class ProblemsPanel(Panel):
    """The list of problems, beside the page while it is edited.

    Autosave replaces its count and its list (core/includes/problems_update.html).
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "core/panels/problems.html"

        class Media:
            css = {"all": ["core/problems.css"]}
            js = ["core/problems.js"]

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Show problems after the first save; before, reserve their room."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            if self.instance.pk:
                context |= problems_context(self.instance)
            return context
