"""Where assignments are shown, and when they close by themselves."""

from collections.abc import Iterator
from typing import Any

from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext
from wagtail.permissions import page_permission_policy
from wagtail.signals import page_published

from core.admin.dashboard import ITEMS_SHOWN, Task
from core.models.assignments import Assignment
from core.publishing import gate
from core.publishing.permissions import may_change_content


def assignment_tasks(request: HttpRequest) -> Iterator[Task]:
    """Yield what an editor is asked to do, and what others still have to do for one."""
    user: Any = request.user
    own = page_permission_policy.instances_user_has_permission_for(user, "change")
    if may_change_content(user):
        waiting = Assignment.objects.for_editor(user).filter(page__in=own)
        yield from _task(
            waiting,
            lambda count: ngettext(
                "%(count)d page has something that you are asked to mend.",
                "%(count)d pages have something that you are asked to mend.",
                count,
            ),
        )
    asked = Assignment.objects.open().filter(asked_by=user, page__in=own)
    yield from _task(
        asked,
        lambda count: ngettext(
            "%(count)d thing that you have asked of an editor is not done.",
            "%(count)d things that you have asked of editors are not done.",
            count,
        ),
    )


def _task(assignments: Any, sentence: Any) -> Iterator[Task]:
    if not (count := assignments.count()):
        return
    titles = {rule.code: str(rule.title) for rule in gate.rules()}
    first = assignments.select_related("page")[:ITEMS_SHOWN]
    items = [
        (
            f"{each.page.get_admin_display_title()}: "
            f"{titles.get(each.problem, each.problem)}",
            reverse("wagtailadmin_pages:edit", args=[each.page_id]),
        )
        for each in first
    ]
    yield Task(sentence(count) % {"count": count}, items)


@receiver(page_published)
def close_what_is_mended(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Close what was asked of a page of which the published version has it no more."""
    if not instance.live or not hasattr(instance, "answered_problems"):
        return
    waiting = list(Assignment.objects.open().filter(page=instance.pk))
    if not waiting:
        return
    found = gate.publishing_problems(instance) + gate.suggestions(instance)
    codes = {problem.code for problem in found}
    for assignment in waiting:
        if assignment.problem not in codes:
            assignment.finish()
