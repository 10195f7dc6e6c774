"""What Wagtail is given: log action, permission, and views in place of its own."""

from collections.abc import Collection, Sequence
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, re_path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.contrib.settings.views import EditView as SettingEditView
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.snippets.views.snippets import EditView

from core.models.topics import Topic
from core.models.videos import Video
from core.records.catching_up import catch_up
from core.records.changing import CHANGED, PrintedRecordFormatter, PrintedRecordMixin
from core.records.forms import WHOM_IT_SHOWS
from core.records.printing import may_change_printed, pages_read, why_not_yet


class TopicEditView(PrintedRecordMixin, EditView):
    """The form of a topic."""


class VideoEditView(PrintedRecordMixin, EditView):
    """The form of a film."""

    # Somebody's own words, which may have to be forgotten.
    unsaid = ("transcript",)
    what_is_free = _("Whom it shows you can say at once.")

    def is_free(self, name: str, before: Any, after: Any) -> bool:
        return name in WHOM_IT_SHOWS

    def can_ask(self, form: Any) -> bool:
        # The form has moved files already by what it says of people.
        is_moved = WHOM_IT_SHOWS.intersection(form.changed_data)
        return super().can_ask(form) and not is_moved


class PrintedSettingEditView(PrintedRecordMixin, SettingEditView):
    """The form of a setting that every page of the site prints."""

    def is_known(self) -> bool:
        return True

    def pages_printing(self) -> Collection[Page]:
        pages = Page.objects.live().descendant_of(self.site.root_page, inclusive=True)
        return list(pages.order_by("title", "pk"))


def register() -> None:
    """Register what follows."""
    hooks.register("register_admin_urls", printed_record_urls, order=-1)
    hooks.register("register_log_actions", register_change)
    hooks.register("register_permissions", register_permission)
    hooks.register("before_delete_snippet", keep_printed_records)


def printed_record_urls() -> list[URLPattern]:
    # Before Wagtail's own, at the same address; links are made to that.
    view = PrintedSettingEditView.as_view()
    # However it is written: Wagtail finds the model in capitals, too.
    settings = "(?i:disclaimersettings|footersettings)"
    address = rf"^settings/(?P<app_name>core)/(?P<model_name>{settings})/(?P<pk>\d+)/$"
    return [re_path(address, view)]


def register_change(actions: LogActionRegistry) -> None:
    actions.register_action(CHANGED)(PrintedRecordFormatter)


def register_permission() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="core", codename="change_printed_records"
    )


def keep_printed_records(
    request: HttpRequest, instances: Sequence[Any]
) -> HttpResponse | None:
    """Refuse to delete what published pages print, singly and in bulk."""
    records = [each for each in instances if isinstance(each, Topic | Video)]
    if not records or may_change_printed(request.user):
        return None
    if not catch_up():
        sentence = why_not_yet()
    elif pages_read(records):
        sentence = gettext(
            "Published pages print this, so deleting it alters them at once. Ask a "
            "moderator to do it."
        )
    else:
        return None
    messages.error(request, sentence)
    where = AdminURLFinder(request.user).get_edit_url(records[0])
    return redirect(where or "wagtailadmin_home")
