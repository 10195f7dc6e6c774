"""Applications in the admin, where nobody adds one, and the reasons that staff keep."""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import DeleteView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from applications.admissions.files import FileView
from applications.admissions.readers import ReadersPolicy
from applications.admissions.recording import RecordedMixin
from applications.admissions.rights import OPEN, Right, forms_where
from applications.admissions.spam import SpamView
from applications.deciding.page import DecidedApplicationView
from applications.deciding.views import (
    AskView,
    DecideView,
    OpinionView,
    TakeBackView,
)
from applications.entering.views import EnterView, GoOnView
from applications.inbox.form_settings.state_views import StateFormsView, StatesView
from applications.inbox.handling_views import DueView, GiveToView, GiveView
from applications.inbox.listing import ApplicationIndexView, SearchView, due_text
from applications.inbox.mailings import MailAgainView
from applications.inbox.note_views import AddNoteView, CorrectNoteView
from applications.inbox.views import StateView, UndoView
from applications.models.applications import Application
from applications.models.decisions import DecisionReason
from applications.models.withdrawals import DeletedApplication


class ApplicationDeleteView(RecordedMixin, DeleteView):
    """Deletes an application with its answers, and says in the log who did."""

    def get_object(self, queryset: Any = None) -> Any:
        deletable = self.permission_policy.allowed(self.request.user, "delete")
        return get_object_or_404(deletable, pk=self.kwargs["pk"])

    def get_usage(self) -> None:
        return None


class DeletedApplicationIndexView(IndexView):
    """What is left of applications that applicants deleted: numbers and dates."""

    any_permission_required = ["view"]
    permission_required = "view"
    model = DeletedApplication
    page_title = _("Deleted by applicants")
    header_icon = "bin"
    list_display: ClassVar[list[Any]] = [
        Column("reference", label=_("Reference"), sort_key="reference"),
        DateColumn("submitted_at", label=_("Received"), sort_key="submitted_at"),
        DateColumn("deleted_at", label=_("Deleted"), sort_key="deleted_at"),
    ]
    FORMATS: tuple[str, ...] = ()

    def get_base_queryset(self) -> Any:
        deleted, user = DeletedApplication.objects.all(), self.request.user
        if user.is_superuser:  # also those of which no form is known
            return deleted
        return deleted.filter(form__in=forms_where(user, Right.SEE).values("pk"))


class ApplicationViewSet(ModelViewSet):
    """Lists, shows and files applications; registers no address to add or edit one."""

    model = Application
    name = "application"
    url_prefix = "applications"
    icon = "form"
    menu_order = 150
    add_to_admin_menu = True
    add_to_reference_index = False
    inspect_view_enabled = True
    copy_view_enabled = False
    form_fields: list[str] = []
    list_display = [
        "reference",
        Column("form", label=_("Form"), accessor="definition.page.title"),
        DateColumn("submitted_at", label=_("Received"), sort_key="submitted_at"),
        Column("state_name", label=_("State")),
        Column("has_it", label=_("With")),
        Column("due", label=_("Due"), accessor=due_text, sort_key="due_on"),
        Column(
            "channel",
            label=_("How it came"),
            accessor=lambda application: (
                application.get_channel_display() if application.is_entered else ""
            ),
        ),
        Column("age", label=_("Age in days"), width="6rem"),
        Column("marks", label=_("To know")),
        Column("revoked", label=_("Consents taken back")),
        Column(
            "suspicion",
            label=_("Looks automatic"),
            accessor=lambda application: (
                application.get_suspicion_display() if application.is_marked else ""
            ),
        ),
    ]
    list_export: list[str] = []
    ordering = ["-submitted_at"]
    index_view_class = ApplicationIndexView
    inspect_view_class = DecidedApplicationView
    delete_view_class = ApplicationDeleteView
    inspect_template_name = "applications/admin/inspect.html"

    @cached_property
    def permission_policy(self) -> ReadersPolicy:
        return ReadersPolicy(self.model)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        view_kwargs: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        return view_kwargs | {
            "add_url_name": None,
            "edit_url_name": None,
            "history_url_name": None,
            "usage_url_name": None,
        }

    @property
    def spam_view(self) -> Any:
        return self.construct_view(
            SpamView,
            model=self.model,
            permission_policy=self.permission_policy,
            inspect_url_name=self.get_url_name("inspect"),
        )

    @property
    def deleted_view(self) -> Any:
        return DeletedApplicationIndexView.as_view(
            permission_policy=self.permission_policy,
            index_url_name=self.get_url_name("deleted"),
        )

    @property
    def file_view(self) -> Any:
        return self.construct_view(
            FileView,
            model=self.model,
            permission_policy=self.permission_policy,
            inspect_url_name=self.get_url_name("inspect"),
        )

    def get_permissions_to_register(self) -> Any:
        # Earlier releases left others in the database, which give nothing any more.
        codename = OPEN.partition(".")[2]
        return super().get_permissions_to_register().filter(codename=codename)

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("search/", SearchView.as_view(), name="search"),
            path("deleted/", self.deleted_view, name="deleted"),
            path("inspect/<uuid:pk>/", self.inspect_view, name="inspect"),
            path("file/<uuid:pk>/", self.file_view, name="file"),
            path("status/<uuid:pk>/", StateView.as_view(), name="status"),
            path("give/<uuid:pk>/", GiveView.as_view(), name="give"),
            path("give-to/<uuid:pk>/", GiveToView.as_view(), name="give_to"),
            path("due/<uuid:pk>/", DueView.as_view(), name="due"),
            path("notes/<uuid:pk>/", AddNoteView.as_view(), name="notes"),
            path("note/<uuid:pk>/", CorrectNoteView.as_view(), name="note"),
            path("mail/<uuid:pk>/", MailAgainView.as_view(), name="mail"),
            path("enter/", EnterView.as_view(), name="enter"),
            path("enter/<uuid:pk>/", GoOnView.as_view(), name="go_on"),
            path("states/", StateFormsView.as_view(), name="state_forms"),
            path("states/<int:pk>/", StatesView.as_view(), name="states"),
            path("undo/<uuid:pk>/", UndoView.as_view(), name="undo"),
            path("ask/<uuid:pk>/", AskView.as_view(), name="ask"),
            path("ask/back/<uuid:pk>/", TakeBackView.as_view(), name="ask_back"),
            path("decide/<uuid:pk>/", DecideView.as_view(), name="decide"),
            path("opinion/<uuid:pk>/", OpinionView.as_view(), name="opinion"),
            path("spam/<uuid:pk>/", self.spam_view, name="spam"),
            path("delete/<uuid:pk>/", self.delete_view, name="delete"),
        ]

    def register_admin_url_finder(self) -> None:
        """Register none: there is no address to edit an application at."""


class ReasonViewSet(ModelViewSet):
    """Texts that decisions are composed of."""

    model = DecisionReason
    name = "application_reason"
    url_prefix = "applications/reasons"
    icon = "snippet"
    add_to_settings_menu = True
    menu_order = 160
    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_reference_index = False
    form_fields = ["name", "text", "sort_order"]
    list_display = ["name", "sort_order"]
    list_export: list[str] = []
    search_fields = ["name", "text"]
    ordering = ["sort_order", "name"]
