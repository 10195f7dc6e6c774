"""Wagtail's content checks, with what the publish gate finds among them.

The gate's list beside the form (`core.panels`) is the truth; the checks repeat it for
those who work with the preview.
"""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.userbar import ContentCheckerItem

from core import gate

_CHECK = "gate-mark"  # registered in core/gate-check.js

# The gate asks these itself, of what is typed, and says more about them.
_LEFT_TO_THE_GATE = frozenset({"alt-text-quality", "empty-meta-description"})
# These axe sees in the rendered page, and can show where.
_LEFT_TO_AXE = frozenset({"empty-link", "skipped-heading-level"})


def marked(page: Any) -> list[gate.Problem]:
    """Return the problems for which a preview of ``page`` carries a mark."""
    problems = [*gate.publishing_problems(page), *gate.suggestions(page)]
    return [problem for problem in problems if problem.code not in _LEFT_TO_AXE]


class GateCheckerItem(ContentCheckerItem):
    """Wagtail's checks, of which each rule of the gate is one more."""

    class Media:
        js = ["core/gate-check.js"]

    axe_messages = {
        **ContentCheckerItem.axe_messages,
        "heading-order": {
            "error_name": "Skipped heading level",
            "help_text": "Make it a section heading, or put one above it.",
        },
        "link-name": {
            "error_name": "Link without words",
            "help_text": "Say where it leads, or take the link out.",
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
        ours = {
            rule.code: {
                "error_name": rule.title,
                "help_text": "What to do stands in the list at the top of the form.",
            }
            for rule in _rules()
        }
        return {**super().get_axe_messages(request), **ours}


def _rules() -> list[gate.Rule]:
    return [rule for rule in gate.rules() if rule.code not in _LEFT_TO_AXE]


def replace_checker(items: list[Any]) -> None:
    """Put our checker into the place of Wagtail's among the ``items`` of a user bar."""
    items[:] = [
        GateCheckerItem(in_editor=item.in_editor)
        if isinstance(item, ContentCheckerItem)
        else item
        for item in items
    ]
