"""Wagtail hooks of this app."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import page_permission_policy
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from core.admin import scripts
from core.admin.choosers import LibraryChooserViewSet, select_format
from core.admin.dashboard import (
    metadata_tasks,
    page_tasks,
    picture_shortcut,
    show_today,
)
from core.admin.site_record import site_tasks
from core.admin.unsaid import menu_item, provenance_menu_item, unsaid_tasks
from core.admin.unsaid import urlpatterns as unsaid_urls
from core.admin_api import (
    ContentPagesAPIViewSet,
    PermittedDocumentsAPIViewSet,
    PermittedImagesAPIViewSet,
)
from core.assignments import hooks as assignment_hooks
from core.due import hooks as due_hooks
from core.history import report as history_report
from core.media.people_forms import TAKEN_BACK
from core.models.images import SiteImage
from core.models.topics import Topic
from core.models.videos import Video
from core.page_language import serve_in_its_language
from core.persons.hooks import person_actions, person_urls
from core.persons.views import PersonsMenuItem
from core.publishing import page_hooks
from core.publishing.addresses import TAKEN, goes_where_the_site_answers
from core.publishing.bulk_move import CheckedMoveBulkAction
from core.publishing.bulk_publish import GatedPublishBulkAction
from core.publishing.content_checks import replace_checker
from core.publishing.log_formatters import (
    KeptFormatter,
    OverrideFormatter,
    RefusalFormatter,
    SavedFormatter,
    ScheduleOverFormatter,
)
from core.publishing.metadata import hooks as metadata_hooks
from core.publishing.permissions import may_change_content
from core.publishing.rules.videos import without_captions
from core.publishing.schedule import CLEARED
from core.records import hooks as record_hooks
from core.records.forms import PrintedVideoForm, TopicForm
from core.text.heading_links import register_heading_links
from core.text.rich_text import PrefetchedPageLinkHandler
from core.views import deliveries
from core.views.headings import choose_heading
from core.views.live_problems import (
    LiveProblemsMenuItem,
    LiveProblemsView,
    live_problem_tasks,
    without_alternative,
)
from core.views.past import refuse_past_pages


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    menu_order = 300
    add_to_admin_menu = True
    list_display = ["name", "kind", "hub"]
    edit_handler = ObjectList(Topic.panels, base_form_class=TopicForm)
    edit_view_class = record_hooks.TopicEditView
    chooser_viewset_class = LibraryChooserViewSet
    list_filter = ["kind"]


class VideoViewSet(SnippetViewSet):
    model = Video
    icon = "media"
    menu_label = _("Videos")
    menu_order = 310
    add_to_admin_menu = True
    list_display = ["title", "duration_seconds", "uploaded_at", "film_problem"]
    edit_handler = ObjectList(
        [
            *Video.panels,
            MultiFieldPanel(
                [FieldPanel("shows"), FieldPanel("people")],
                heading=_("Whom it shows"),
            ),
        ],
        base_form_class=PrintedVideoForm,
    )
    edit_view_class = record_hooks.VideoEditView
    chooser_viewset_class = LibraryChooserViewSet


register_snippet(TopicViewSet)
register_snippet(VideoViewSet)


record_hooks.register()
history_report.register()


@hooks.register("register_log_actions")
def register_publishing_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        TAKEN_BACK,
        _("Take back whom it shows"),
        _("Taken back whom it shows"),
    )
    actions.register_action("core.publish.override")(OverrideFormatter)
    actions.register_action("core.publish.refused")(RefusalFormatter)
    actions.register_action(CLEARED)(ScheduleOverFormatter)
    actions.register_action("core.version.saved")(SavedFormatter)
    actions.register_action("core.version.kept")(KeptFormatter)


@hooks.register("register_rich_text_features", order=100)
def register_prefetched_page_links(features: FeatureRegistry) -> None:
    features.register_link_type(PrefetchedPageLinkHandler)
    register_heading_links(features)


@hooks.register("register_admin_urls")
def register_headings() -> list[URLPattern]:
    return [path("choose-page/<int:page_id>/headings/", choose_heading)]


@hooks.register("before_convert_alias_page")
def convert_aliases_with_content_rights_only(request: HttpRequest, page: Any) -> None:
    if not may_change_content(request.user):
        raise PermissionDenied


@hooks.register("before_move_page")
def ask_before_showing_a_move(
    request: HttpRequest, page: Any, destination: Any
) -> None:
    """Check permissions before showing a move, as Wagtail does only afterwards."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


@hooks.register("before_move_page")
def say_that_the_address_is_taken(
    request: HttpRequest, page: Any, destination: Any
) -> HttpResponse | None:
    if not goes_where_the_site_answers(page, f"{destination.url_path}{page.slug}/"):
        return None
    messages.error(request, TAKEN)
    return redirect("wagtailadmin_pages:move", page.pk)


@hooks.register("construct_page_chooser_queryset")
def offer_pages_to_those_who_work_on_pages(pages: Any, request: HttpRequest) -> Any:
    """Offer only pages that the user may see in the explorer.

    Refused and not only emptied: the window names the page above those it offers.
    """
    if not page_permission_policy.explorable_instances(request.user).exists():
        raise PermissionDenied
    return pages


@hooks.register("register_admin_urls", order=-1)
def ask_for_permission_before_wagtail_answers() -> list[URLPattern]:
    return [select_format]


@hooks.register("construct_image_chooser_queryset")
def offer_no_picture_beyond_consent(images: Any, request: HttpRequest) -> Any:
    # As a list: search knows no filter that is a query of its own.
    beyond = SiteImage.objects.beyond_consent().values_list("pk", flat=True)
    return images.exclude(pk__in=list(beyond))


@hooks.register("construct_admin_api", order=1000)
def ask_for_permission_in_the_api(router: Any) -> None:
    router.register_endpoint("pages", ContentPagesAPIViewSet)
    router.register_endpoint("images", PermittedImagesAPIViewSet)
    router.register_endpoint("documents", PermittedDocumentsAPIViewSet)


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def name_missing_captions(request: HttpRequest, record: Any) -> None:
    if isinstance(record, Video) and not record.captions:
        messages.warning(request, without_captions(record))


@hooks.register("construct_wagtail_userbar")
def check_what_the_gate_checks(
    request: HttpRequest, items: list[Any], page: Any
) -> None:
    replace_checker(items)


hooks.register("before_serve_page", refuse_past_pages)
# Outside the others, such as the form that asks for a page's password.
hooks.register("on_serve_page", serve_in_its_language, order=-1)

# Later registrations replace earlier ones of the same action type.
hooks.register("register_bulk_action", GatedPublishBulkAction, order=1000)
hooks.register("register_bulk_action", CheckedMoveBulkAction, order=1000)


@hooks.register("register_admin_urls")
def register_live_problems() -> list[URLPattern]:
    view = LiveProblemsView
    return [
        path("reports/live-problems/", view.as_view(), name="live_problems"),
        path(
            "reports/live-problems/results/",
            view.as_view(results_only=True),
            name="live_problems_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def register_live_problems_menu_item() -> LiveProblemsMenuItem:
    return LiveProblemsMenuItem(
        LiveProblemsView.page_title,
        reverse_lazy("live_problems"),
        icon_name=LiveProblemsView.header_icon,
        order=1010,
    )


hooks.register("register_reports_menu_item", without_alternative)


@hooks.register("register_permissions")
def register_deliveries_permission() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="core",
        codename__in=["erase_person", "manage_deliveries", "view_personlogentry"],
    )


hooks.register("construct_homepage_panels", show_today)
hooks.register("register_dashboard_tasks", page_tasks)
hooks.register("register_dashboard_tasks", live_problem_tasks)
hooks.register("register_dashboard_tasks", metadata_tasks)
hooks.register("register_dashboard_tasks", unsaid_tasks)
hooks.register("register_dashboard_tasks", site_tasks)
hooks.register("register_admin_urls", unsaid_urls)
hooks.register("register_admin_urls", person_urls)
hooks.register("register_log_actions", person_actions)
hooks.register("register_reports_menu_item", PersonsMenuItem)
hooks.register("register_reports_menu_item", lambda: menu_item)
hooks.register("register_reports_menu_item", lambda: provenance_menu_item)
# After the buttons that begin a text.
hooks.register("register_dashboard_shortcuts", picture_shortcut, order=10)
hooks.register("insert_global_admin_css", scripts.style_the_admin)
hooks.register("insert_global_admin_js", scripts.set_up_without_inline_scripts)
hooks.register("insert_editor_js", scripts.store_what_is_edited)
hooks.register("insert_editor_js", scripts.offer_to_undo_deletions)
hooks.register("insert_editor_js", scripts.offer_to_copy_blocks)
hooks.register("before_create_page", page_hooks.tell_the_form_of_autosave)
hooks.register("before_edit_page", page_hooks.tell_the_form_of_autosave)
hooks.register("before_create_page", page_hooks.explain_what_is_no_new_draft)
hooks.register("before_edit_page", page_hooks.explain_what_is_no_draft)
hooks.register("before_edit_page", page_hooks.save_what_somebody_else_has_decided)
hooks.register("after_edit_page", page_hooks.say_that_an_approval_published)
for name, hooked in (
    *metadata_hooks.HOOKS,
    *assignment_hooks.HOOKS,
    *due_hooks.HOOKS,
    *deliveries.HOOKS,
):
    hooks.register(name, hooked)
