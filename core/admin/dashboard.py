"""The dashboard: tasks that wait for the user, and shortcuts.

An app adds lines with the Wagtail hook ``register_dashboard_tasks``, a function of the
request that yields a `Task` for each kind of work there is, and buttons with
``register_dashboard_shortcuts``, which yields Wagtail's own `Button`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import AutoField, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import Button
from wagtail.images.permissions import permission_policy as image_policy
from wagtail.models import Page, Revision
from wagtail.permissions import page_permission_policy

from core.publishing.permissions import may_change_content

ITEMS_SHOWN = 5


@dataclass(frozen=True)
class Task:
    """Work that waits for the user.

    Args:
        sentence: What waits, with its number.
        items: Words and address of the first few, at most `ITEMS_SHOWN`.
        url: The list of all, "" when there is none.
    """

    sentence: str
    items: Sequence[tuple[str, str]] = ()
    url: str = ""


class TodayPanel(Component):
    """The panel with all tasks and shortcuts of the user."""

    template_name = "core/admin/dashboard.html"
    order = 20

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {
            "tasks": self._registered("register_dashboard_tasks"),
            "shortcuts": self._registered("register_dashboard_shortcuts"),
        }

    def _registered(self, name: str) -> list[Any]:
        return [one for each in hooks.get_hooks(name) for one in each(self.request)]


def show_today(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(TodayPanel(request))


def page_tasks(request: HttpRequest) -> Iterator[Task]:
    """Yield the user's drafts, scheduled pages and unapproved schedules."""
    mine = _editable_pages(request.user)
    drafts = mine.filter(
        has_unpublished_changes=True, latest_revision__user=request.user
    )
    yield from pages_that_wait(
        drafts.order_by("-latest_revision_created_at"),
        lambda count: ngettext(
            "%(count)d draft of yours is not published.",
            "%(count)d drafts of yours are not published.",
            count,
        ),
    )
    approved = Revision.page_revisions.filter(approved_go_live_at__isnull=False)
    scheduled = mine.filter(pk__in=approved.values_list(Cast("object_id", AutoField())))
    yield from pages_that_wait(
        scheduled.order_by("title"),
        lambda count: ngettext(
            "%(count)d page is scheduled.", "%(count)d pages are scheduled.", count
        ),
    )
    # A draft's dates lie in its version, and count once that is approved.
    unapproved = mine.filter(
        latest_revision__content__go_live_at__gt=timezone.now().isoformat(),
        latest_revision__approved_go_live_at=None,
    ).exclude(latest_revision__content__go_live_at=None)
    yield from pages_that_wait(
        unapproved.order_by("title"),
        lambda count: ngettext(
            "%(count)d page has a date but is not approved to go live then.",
            "%(count)d pages have a date but are not approved to go live then.",
            count,
        ),
    )


def metadata_tasks(request: HttpRequest) -> Iterator[Task]:
    """Yield pages without a description, for users who edit metadata only."""
    if may_change_content(request.user) and not request.user.is_superuser:
        return
    bare = _editable_pages(request.user).filter(
        live=True, depth__gt=1, search_description=""
    )
    yield from pages_that_wait(
        bare.order_by("title"),
        lambda count: ngettext(
            "%(count)d published page has no description for search engines.",
            "%(count)d published pages have no description for search engines.",
            count,
        ),
    )


def _editable_pages(user: Any) -> QuerySet[Page]:
    pages: QuerySet[Page] = page_permission_policy.instances_user_has_permission_for(
        user, "change"
    )
    return pages


def pages_that_wait(
    pages: QuerySet[Page], sentence: Callable[[int], str]
) -> Iterator[Task]:
    """Yield a task about ``pages`` unless there are none.

    Args:
        pages: In the order in which the first few are named.
        sentence: The text with ``%(count)d`` in it, by the number of pages.
    """
    if count := pages.count():
        items = [
            (
                page.get_admin_display_title(),
                reverse("wagtailadmin_pages:edit", args=[page.pk]),
            )
            for page in pages[:ITEMS_SHOWN]
        ]
        yield Task(sentence(count) % {"count": count}, items)


def picture_shortcut(request: HttpRequest) -> Iterator[Button]:
    if image_policy.user_has_permission(request.user, "add"):
        yield Button(
            _("Add pictures"),
            url=reverse("wagtailimages:add_multiple"),
            icon_name="image",
        )
