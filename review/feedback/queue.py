"""The queue of reports in the admin: the list, one report, and telling its reader."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import DeleteView, EditView, IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permissions import ModelPermissionPolicy

from core.admin.dashboard import ITEMS_SHOWN, Task
from core.encryption import EncryptionError
from core.querysets import shown_pages
from review.feedback.places import fragment
from review.feedback.report_forms import CHANGE, HandlingForm, staff_for_reports
from review.feedback.telling import answer_letter, is_ready, tell
from review.models.reader_reports import ReaderReport


class ReportPolicy(ModelPermissionPolicy):
    """Readers add reports; staff do not."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "add" and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class ReportFilterSet(WagtailFilterSet):
    standing = django_filters.ChoiceFilter(
        label=_("Open"),
        method="by_standing",
        choices=[
            ("open", _("still to be seen to")),
            ("untold", _("closed, reader not told")),
            ("closed", _("closed")),
        ],
    )
    assignee = django_filters.ModelChoiceFilter(
        label=_("Assigned to"), queryset=get_user_model().objects.none()
    )

    class Meta:
        model = ReaderReport
        fields = ["status", "kind"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["assignee"].queryset = staff_for_reports()

    def by_standing(self, reports: Any, name: str, value: str) -> Any:
        if value == "open":
            return reports.open()
        if value == "untold":
            return reports.untold()
        return reports.exclude(status__in=ReaderReport.OPEN)


class ReportIndexView(IndexView):
    """The list, the newest first."""

    any_permission_required = ["view", "change", "delete"]

    def get_base_queryset(self) -> Any:
        reports = ReaderReport.objects.select_related("page", "assignee")
        return reports.defer("passage", "text", "note", "answer")


class ReportEditView(EditView):
    """One report, with what the reader wrote above the form."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = self.object
        return {
            **super().get_context_data(**kwargs),
            "report": report,
            "typed": typed(report),
            "can_tell": can_tell(report),
            "public_page": shown_pages().filter(pk=report.page_id).first(),
        }

    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def get_success_url(self) -> str:
        name = "tell" if can_tell(self.object) else "index"
        args = [self.object.pk] if name == "tell" else []
        return reverse(f"reader_reports:{name}", args=args)

    def get_success_buttons(self) -> list[Button]:
        return []


class ReportDeleteView(DeleteView):
    """Deletes a report, which nothing refers to."""

    def get_usage_url(self) -> None:
        return None


class TellView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Shows the e-mail to the reader as it will be, and sends it."""

    template_name = "review/admin/reports/tell.html"
    page_title = _("Tell the reader")
    header_icon = "mail"
    breadcrumbs_items: list[dict[str, Any]] = []
    permission_policy = ReportPolicy(ReaderReport)
    permission_required = "change"

    @cached_property
    def report(self) -> ReaderReport:
        return get_object_or_404(ReaderReport, pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_tell(self.report):
            return redirect("reader_reports:edit", self.report.pk)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["report"] = self.report
        try:
            message = answer_letter(self.report)
        except EncryptionError as error:
            return {**context, "problem": error.sentence}
        return {**context, "subject": message.subject, "body": message.body}

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        report = self.report
        is_seen = request.POST.get("version") == str(report.version)
        if report.told_at is None and not is_seen:
            changed = gettext("Somebody has changed the report. Look at it again.")
            messages.error(request, changed)
            return redirect("reader_reports:edit", report.pk)
        try:
            is_told = tell(report)
        except EncryptionError as error:
            messages.error(request, str(error.sentence))
            return redirect("reader_reports:edit", report.pk)
        if is_told:
            messages.success(request, gettext("The e-mail is on its way."))
        else:
            messages.info(request, gettext("The reader has been told already."))
        return redirect("reader_reports:index")


class ReaderReportViewSet(ModelViewSet):
    """Reports by readers, which staff see to."""

    model = ReaderReport
    name = "reader_reports"
    icon = "comment"
    menu_label = _("Reports by readers")
    menu_order = 256
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False
    exclude_form_fields: list[str] = []
    index_view_class = ReportIndexView
    edit_view_class = ReportEditView
    delete_view_class = ReportDeleteView
    edit_template_name = "review/admin/reports/edit.html"
    filterset_class = ReportFilterSet
    list_display = [
        TitleColumn(
            "page_title",
            label=_("Page"),
            get_url=lambda report: reverse("reader_reports:edit", args=[report.pk]),
        ),
        Column("get_kind_display", label=_("Kind")),
        Column("get_status_display", label=_("State"), sort_key="status"),
        Column("assignee", label=_("Assigned to"), sort_key="assignee"),
        DateColumn("received_at", label=_("Received"), sort_key="received_at"),
    ]
    list_export: list[str] = []
    ordering = ["-received_at"]
    search_fields = ["page__title"]

    @property
    def permission_policy(self) -> ReportPolicy:
        return ReportPolicy(self.model)

    def get_form_class(self, for_update: bool = False) -> Any:
        return HandlingForm

    def get_urlpatterns(self) -> list[Any]:
        tell_view = path("tell/<uuid:pk>/", TellView.as_view(), name="tell")
        return [*super().get_urlpatterns(), tell_view]


def typed(report: ReaderReport) -> dict[str, Any]:
    """Return passage, fragment and text, or the problem where a key is lost."""
    try:
        return {
            "passage": report.passage,
            "fragment": fragment(report.passage),
            "text": report.text,
        }
    except EncryptionError as error:
        return {"problem": error.sentence}


def can_tell(report: ReaderReport) -> bool:
    """Return whether there is an answer that can be read and sent."""
    try:
        return is_ready(report)
    except EncryptionError:
        return False


def report_tasks(request: HttpRequest) -> Iterator[Task]:
    """Yield the open reports that are the user's or nobody's, and readers not told.

    What is assigned to somebody who cannot see to it any more is nobody's.
    """
    if not request.user.has_perm(CHANGE):
        return
    waiting = ReaderReport.objects.open().select_related("page")
    mine = waiting.filter(assignee=request.user.pk)
    yield from _task(
        mine,
        f"open&assignee={request.user.pk}",
        lambda count: ngettext(
            "%(count)d report by a reader is assigned to you.",
            "%(count)d reports by readers are assigned to you.",
            count,
        ),
    )
    yield from _task(
        waiting.exclude(assignee__in=staff_for_reports().order_by()),
        "open",
        lambda count: ngettext(
            "%(count)d report by a reader waits for somebody.",
            "%(count)d reports by readers wait for somebody.",
            count,
        ),
    )
    yield from _task(
        ReaderReport.objects.untold().select_related("page"),
        "untold",
        lambda count: ngettext(
            "%(count)d reader waits to be told what came of a report.",
            "%(count)d readers wait to be told what came of a report.",
            count,
        ),
    )


def _task(reports: Any, standing: str, sentence: Any) -> Iterator[Task]:
    if count := reports.count():
        items = [
            (
                f"{each.get_kind_display()}: {each.page_title}",
                reverse("reader_reports:edit", args=[each.pk]),
            )
            for each in reports.order_by("received_at", "pk")[:ITEMS_SHOWN]
        ]
        url = f"{reverse('reader_reports:index')}?standing={standing}"
        yield Task(sentence(count) % {"count": count}, items, url)
