"""Wagtail's content checks, extended with the publish gate's problems.

The gate's list beside the form (`core.publishing.panels`) is the truth; the checks
repeat it for those who work with the preview.
"""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem

from core.publishing import gate
from core.publishing.permissions import may_change_content

_CHECK = "gate-mark"  # registered in core/gate-check.js

# The gate asks these itself, of what is typed, and says more about them.
_LEFT_TO_THE_GATE = frozenset({"alt-text-quality", "empty-meta-description"})
# These axe sees in the rendered page, and can show where.
_LEFT_TO_AXE = frozenset({"empty-link", "skipped-heading-level"})


def marked(page: Any) -> list[gate.Problem]:
    """Return the problems that the preview of ``page`` marks."""
    problems = [*gate.publishing_problems(page), *gate.suggestions(page)]
    return [problem for problem in problems if problem.code not in _LEFT_TO_AXE]


class GateCheckerItem(ContentCheckerItem):
    """Wagtail's checks, with one more for each rule of the gate."""

    class Media:
        js = ["core/gate-check.js"]

    axe_messages = {
        **ContentCheckerItem.axe_messages,
        "heading-order": {
            "error_name": _("Skipped heading level"),
            "help_text": _("Make it a section heading, or put one above it."),
        },
        "link-name": {
            "error_name": _("Link without words"),
            "help_text": _("Say where it leads, or take the link out."),
        },
    }

    def get_axe_run_only(self, request: HttpRequest) -> list[str]:
        inherited = super().get_axe_run_only(request)
        kept = [name for name in inherited if name not in _LEFT_TO_THE_GATE]
        return [*kept, *(rule.code for rule in _rules())]

    def get_axe_custom_rules(self, request: HttpRequest) -> list[dict[str, Any]]:
        return [
            *super().get_axe_custom_rules(request),
            *(
                {
                    "id": rule.code,
                    "impact": "moderate" if rule.level == "suggest" else "serious",
                    "selector": f'[data-problem="{rule.code}"]',
                    "excludeHidden": False,
                    "any": [_CHECK],
                    "enabled": True,
                }
                for rule in _rules()
            ),
        ]

    def get_axe_custom_checks(self, request: HttpRequest) -> list[dict[str, Any]]:
        return [*super().get_axe_custom_checks(request), {"id": _CHECK}]

    def get_axe_messages(self, request: HttpRequest) -> dict[str, dict[str, str]]:
        may = may_change_content(request.user)
        ours = {
            rule.code: {"error_name": str(rule.title), "help_text": _advice(rule, may)}
            for rule in _rules()
        }
        return {**super().get_axe_messages(request), **ours}


def _advice(rule: gate.Rule, may_change: bool) -> str:
    """Return where to read what to do, or who can do it."""
    if may_change:
        return gettext("The list at the top of the form says what to do.")
    if getattr(rule, "is_of_metadata", False):
        return gettext("The list under Promote says what to do.")
    return gettext("An editor can mend this. Ask one in the list under Promote.")


def _rules() -> list[gate.Rule]:
    return [rule for rule in gate.rules() if rule.code not in _LEFT_TO_AXE]


def replace_checker(items: list[Any]) -> None:
    """Replace Wagtail's checker among the ``items`` of a user bar."""
    items[:] = [
        GateCheckerItem(in_editor=item.in_editor)
        if isinstance(item, ContentCheckerItem)
        else item
        for item in items
    ]
