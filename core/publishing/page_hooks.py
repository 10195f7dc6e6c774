"""What is said and done around the form of a page, by Wagtail's hooks."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages as wagtail_messages

from core.publishing.explaining import EXPLAIN, explain
from core.publishing.forms import AUTOSAVED
from core.publishing.signals import DECIDED


def tell_the_form_of_autosave(request: HttpRequest, *_pages: Any) -> None:
    """Mark posts of autosave, since the form does not get the request.

    It decides nothing: Wagtail writes the decision into the form and leaves it there
    while the page that answers is on its way. Both would decide, one on the next step.
    """
    if request.method == "POST" and not request.accepts("text/html"):
        posted: Any = request.POST.copy()
        posted[AUTOSAVED] = "1"
        posted.pop("action-workflow-action", None)
        request.POST = posted


def explain_what_is_no_new_draft(
    request: HttpRequest, parent: Any, page_class: type[Any]
) -> JsonResponse | None:
    if EXPLAIN not in request.POST:
        return None
    page = page_class(owner=request.user, locale=parent.locale)
    return explain(request, page, parent)


def explain_what_is_no_draft(request: HttpRequest, page: Any) -> JsonResponse | None:
    if EXPLAIN not in request.POST:
        return None
    return explain(request, page, page.get_parent())


def save_what_somebody_else_has_decided(request: HttpRequest, page: Any) -> None:
    """Save the text as a draft when a colleague decided first.

    Wagtail fails then (wagtail/wagtail#14460).
    """
    asked = "action-workflow-action" in request.POST
    if asked and page.current_workflow_task is None:
        posted: Any = request.POST.copy()
        del posted["action-workflow-action"]
        request.POST = posted
        messages.warning(request, DECIDED)


def say_that_an_approval_published(request: HttpRequest, page: Any) -> None:
    """Say so beside Wagtail's message, which only tells of an update."""
    if request.POST.get("workflow-action-name") != "approve":
        return
    stored = type(page).objects.get(pk=page.pk)
    if stored.live and stored.live_revision_id == stored.latest_revision_id:
        title = stored.get_admin_display_title()
        said = _("“{title}” was approved and is published.").format(title=title)
        view = wagtail_messages.button(stored.url, _("View live"))
        wagtail_messages.success(request, said, buttons=[view])
