"""What this app registers with Wagtail."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import page_permission_policy
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from core.admin_api import (
    ContentPagesAPIViewSet,
    PermittedDocumentsAPIViewSet,
    PermittedImagesAPIViewSet,
)
from core.bulk_publish import GatedPublishBulkAction
from core.checks import replace_checker
from core.log_formatters import OverrideFormatter, RefusalFormatter
from core.models.topics import Topic
from core.models.videos import Video
from core.permissions import may_change_content
from core.rich_text import PrefetchedPageLinkHandler
from core.withheld_files import PREFIX


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    menu_label = "Topics"
    menu_order = 300
    add_to_admin_menu = True
    list_display = ["name", "kind", "hub"]
    list_filter = ["kind"]


class VideoViewSet(SnippetViewSet):
    model = Video
    icon = "media"
    menu_label = "Videos"
    menu_order = 310
    add_to_admin_menu = True
    list_display = ["title", "duration_seconds", "uploaded_at"]


register_snippet(TopicViewSet)
register_snippet(VideoViewSet)


@hooks.register("register_log_actions")
def register_publishing_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("core.publish.override")(OverrideFormatter)
    actions.register_action("core.publish.refused")(RefusalFormatter)


@hooks.register("register_rich_text_features", order=100)
def register_prefetched_page_links(features: FeatureRegistry) -> None:
    features.register_link_type(PrefetchedPageLinkHandler)


@hooks.register("before_convert_alias_page")
def convert_aliases_with_content_rights_only(request: HttpRequest, page: Any) -> None:
    if not may_change_content(request.user):
        raise PermissionDenied


@hooks.register("before_move_page")
def ask_before_showing_a_move(
    request: HttpRequest, page: Any, destination: Any
) -> None:
    """Ask what Wagtail asks only when the move is carried out."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


@hooks.register("construct_page_chooser_queryset")
def offer_pages_to_those_who_work_on_pages(pages: Any, request: HttpRequest) -> Any:
    """Name no draft to somebody who may not see the pages in the explorer.

    Refused and not only emptied: the window names the page above those it offers.
    """
    if not page_permission_policy.explorable_instances(request.user).exists():
        raise PermissionDenied
    return pages


@hooks.register("construct_image_chooser_queryset")
def offer_no_withheld_picture(images: Any, request: HttpRequest) -> Any:
    return images.exclude(file__startswith=PREFIX)


@hooks.register("construct_admin_api", order=1000)
def ask_for_permission_in_the_api(router: Any) -> None:
    router.register_endpoint("pages", ContentPagesAPIViewSet)
    router.register_endpoint("images", PermittedImagesAPIViewSet)
    router.register_endpoint("documents", PermittedDocumentsAPIViewSet)


@hooks.register("insert_editor_js")
def store_what_is_typed_while_saving() -> SafeString:
    return format_html('<script src="{}"></script>', static("core/autosave.js"))


@hooks.register("construct_wagtail_userbar")
def check_what_the_gate_checks(
    request: HttpRequest, items: list[Any], page: Any
) -> None:
    replace_checker(items)


# Later registrations replace earlier ones of the same action type.
hooks.register("register_bulk_action", GatedPublishBulkAction, order=1000)
