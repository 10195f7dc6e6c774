"""What waits for an officer, on the dashboard."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from applications.admissions.rights import Right, forms_where
from applications.inbox.counting import UNFINISHED, seen_by
from applications.inbox.filters import MINE, STILL_OPEN, is_overdue
from applications.models.applications import Application
from core.admin.dashboard import Task


def tasks(user: Any) -> Iterator[Task]:
    """Yield what is new, what the user has, and what is overdue."""
    if not forms_where(user, Right.SEE).exists():
        return
    visible, index = seen_by(user), reverse("application:index")
    received = Application.Status.RECEIVED
    if count := visible.filter(status=received).count():
        sentence = ngettext(
            "%(count)d new application has arrived.",
            "%(count)d new applications have arrived.",
            count,
        )
        yield Task(sentence % {"count": count}, url=f"{index}?state={received}")
    if count := visible.filter(assignee=user, status__in=UNFINISHED).count():
        sentence = ngettext(
            "You have %(count)d application to work on.",
            "You have %(count)d applications to work on.",
            count,
        )
        mine = f"{index}?assignee={MINE}&state={STILL_OPEN}"
        yield Task(sentence % {"count": count}, url=mine)
    if count := visible.filter(is_overdue()).count():
        sentence = ngettext(
            "%(count)d application is overdue.",
            "%(count)d applications are overdue.",
            count,
        )
        yield Task(sentence % {"count": count}, url=f"{index}?overdue=yes")
