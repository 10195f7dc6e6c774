"""How an SEO specialist publishes from the form of a page that others work on."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.action_menu import PublishMenuItem

from core.publishing.forms import AUTOSAVED
from core.publishing.gate import PublishBlocked
from core.publishing.metadata.beside import must_go_beside, publish_beside, values_of
from core.publishing.metadata.visibility import (
    SearchVisibilityView,
    visibility_buttons,
)
from core.publishing.permissions import may_change_content

BESIDE = gettext_lazy(
    "Somebody else is at work on this page. What you publish here goes onto the "
    "published page and into their draft, and touches nothing else."
)
NOT_BY_ITSELF = gettext_lazy(
    "Somebody else is at work on this page, so nothing is saved by itself. Publish "
    "your metadata by the button."
)
COMMENTS = "comments"


class PublishMetadataMenuItem(PublishMenuItem):
    """The button for a page that is locked: a lock is for its content."""

    label = gettext_lazy("Publish metadata")

    def is_shown(self, context: Any) -> bool:
        page = context.get("page")
        if context["view"] != "edit" or not context["locked_for_user"] or not page:
            return False
        user = context["request"].user
        tester = page.permissions_for_user(user)
        return page.live and not may_change_content(user) and tester.can_publish()


def say_that_others_are_at_work(request: HttpRequest, page: Any) -> None:
    if request.method != "GET" or not must_go_beside(page, request.user):
        return
    if page.permissions_for_user(request.user).can_publish():
        messages.info(request, BESIDE)


def publish_metadata_beside(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Publish what the promote tab says, and leave content, draft and lock alone.

    Where something is wrong Wagtail shows the form again, with the sentences.
    """
    is_press = "action-publish" in request.POST and AUTOSAVED not in request.POST
    if not is_press or page.alias_of_id:
        return None  # Wagtail says where an alias is edited
    if not page.permissions_for_user(request.user).can_publish():
        return None
    if not must_go_beside(page, request.user):
        return None
    # A copy: Wagtail makes a form of its own, for the page as it was.
    draft = page.get_latest_revision_as_object()
    form = (
        type(page)
        .get_edit_handler()
        .get_form_class()(
            request.POST,
            request.FILES,
            instance=draft,
            parent_page=page.get_parent(),
            for_user=request.user,
        )
    )
    form.publishes_beside = True
    if not form.is_valid():
        return None
    values = values_of(draft)
    try:
        with transaction.atomic():
            untouched = values.keys() - form.touched
            publish_beside(page.pk, values, request.user, untouched)
            save_comments(form)
    except PublishBlocked as refusal:
        # What was typed is kept as a draft, and nothing is published.
        posted: Any = request.POST.copy()
        del posted["action-publish"]
        request.POST = posted
        for sentence in refusal.messages:
            messages.error(request, sentence)
        return None
    messages.success(
        request,
        _("The metadata of “{title}” is published. Its text is as it was.").format(
            title=page.get_admin_display_title()
        ),
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


def save_comments(form: Any) -> None:
    """Store what was typed beside the page, which otherwise comes with a version."""
    if comments := form.formsets.get(COMMENTS):
        comments.save()


def autosave_nothing(request: HttpRequest, page: Any) -> JsonResponse | None:
    """Store no version for those whose metadata goes beside others' work.

    It would interrupt whoever writes, and stand in the history as hers.
    """
    if AUTOSAVED not in request.POST or not must_go_beside(page, request.user):
        return None
    answer = {
        "success": False,
        "error_code": "locked",
        "error_message": NOT_BY_ITSELF,
    }
    return JsonResponse(answer, status=400)


def urls() -> list[URLPattern]:
    view = SearchVisibilityView.as_view()
    return [path("pages/<int:page_id>/search/", view, name="search_visibility")]


HOOKS: list[tuple[str, Callable[..., Any]]] = [
    ("register_admin_urls", urls),
    ("before_edit_page", say_that_others_are_at_work),
    ("before_edit_page", autosave_nothing),
    ("before_edit_page", publish_metadata_beside),
    ("register_page_action_menu_item", lambda: PublishMetadataMenuItem(order=0)),
    ("register_page_header_buttons", visibility_buttons),
    ("register_page_listing_more_buttons", visibility_buttons),
]
