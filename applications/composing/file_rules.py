"""The publishing rule for questions that ask for files."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.applying.steps.route import consent_step, steps_of
from applications.composing.rules import items_of, label_of
from applications.definitions import FILE, frozen
from core.publishing.gate import Level, Problem, register
from core.publishing.rules import problem_at


@register
class FilesBeforeDraft:
    """Refuses a question for files where there is no draft yet to keep them with."""

    code = "files-before-draft"
    title = _("Files asked for too early")
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        items = list(items_of(page))
        if not any(item.name == FILE for item in items):
            return
        content = frozen(page)
        begins = consent_step(content)
        early = {
            question["id"]
            for step in steps_of(content)[:begins]
            for question in step.questions
        }
        for item, frozen_item in zip(items, content["questions"], strict=True):
            if item.name == FILE and frozen_item["id"] in early:
                yield problem_at(
                    item,
                    self,
                    gettext(
                        "Files are kept only after the step with the consent, or "
                        "after the first where there is none. Put “{question}” into a "
                        "later step."
                    ).format(question=label_of(item)),
                )
