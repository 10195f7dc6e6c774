"""Panels of the page editor."""

from typing import Any

from wagtail.admin.panels import Panel

from core.models.assignments import Assignment
from core.publishing import gate
from core.publishing.permissions import may_change_content, metadata_names
from core.publishing.places import placed


def problems_context(page: Any, user: Any = None) -> dict[str, Any]:
    """Return what ``core/includes/problems_*.html`` print of ``page``.

    A ``user`` who may not change content gets what they can do, and apart from that
    what an editor can.
    """
    found = gate.publishing_problems(page), gate.suggestions(page)
    titles = {rule.code: rule.title for rule in gate.rules()}
    waiting = list(Assignment.objects.open().filter(page=page.pk))
    named = [(titles.get(each.problem, each.problem), each) for each in waiting]
    context: dict[str, Any] = {"page": page, "assignments": named}
    if user is None or may_change_content(user):
        problems, suggestions = found
    else:
        names = metadata_names(type(page))
        problems, suggestions = (
            [each for each in kind if each.field in names] for kind in found
        )
        others = [each for kind in found for each in kind if each.field not in names]
        context["for_editors"] = placed(others, page)
    return context | {
        "problems": placed(problems, page),
        "suggestions": placed(suggestions, page),
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
                context |= problems_context(self.instance, self.request.user)
            return context


class MetadataProblemsPanel(ProblemsPanel):
    """The same on the promote tab, for those who get no other."""

    def __init__(self, classname: str = "problems-panel", **kwargs: Any) -> None:
        super().__init__(classname=classname, **kwargs)

    class BoundPanel(ProblemsPanel.BoundPanel):
        def is_shown(self) -> bool:
            return not may_change_content(self.request.user)
