"""The admin views and chooser of subjects."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import (
    BaseChooseView,
    ChooseResultsView,
    ChooseView,
    ChosenMultipleView,
    ChosenView,
)
from wagtail.admin.views.generic.models import IndexView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet

from core.admin.choosers import ForWritersMixin, NothingMadeView
from testimonials.consent.register_admin import (
    KeptPolicy,
    SubjectEditView,
    may_write,
    register_urls,
)
from testimonials.models.subject import Subject


class SubjectPolicy(KeptPolicy):
    """Who writes a subject writes its consents, and must be allowed to.

    They stand in one form, and who changes a subject reads all of them.
    """

    def user_has_permission(self, user: Any, action: str) -> bool:
        allowed = super().user_has_permission(user, action)
        return allowed and (action not in ("add", "change") or may_write(user))


class SubjectIndexView(IndexView):
    """The list of subjects, with what each of them allows today."""

    def get_base_queryset(self) -> QuerySet[Subject]:
        queryset: QuerySet[Subject] = super().get_base_queryset()
        return queryset.prefetch_related("consents")


class SubjectViewSet(ModelViewSet):
    """Subjects and their consents, for those who may see who they are."""

    model = Subject
    name = "story_subjects"
    icon = "user"
    menu_label = _("Story subjects")
    menu_order = 250
    add_to_admin_menu = True
    index_view_class = SubjectIndexView
    edit_view_class = SubjectEditView
    # A copy would be a second record of one person.
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ["reference_code", "name", "relation", "consent_status"]
    list_display = [
        "reference_code",
        "name",
        Column("consent_status", label=_("Consent")),
    ]
    list_filter = ["relation"]
    # Not by name: what is searched for stands in the address, and so in logs.
    search_fields = ["reference_code"]
    ordering = ["reference_code"]

    @property
    def permission_policy(self) -> SubjectPolicy:
        return SubjectPolicy(self.model)

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), *register_urls()]


class _SubjectChoice(BaseChooseView):
    """Offers subjects by code, without names."""

    ordering = ["reference_code"]

    @property
    def columns(self) -> list[Column]:
        return [*super().columns, Column("consent_status", label=_("Consent"))]

    def get_object_list(self) -> QuerySet[Subject]:
        return Subject.objects.prefetch_related("consents")


class SubjectChooseView(ForWritersMixin, _SubjectChoice, ChooseView):
    pass


class SubjectChooseResultsView(ForWritersMixin, _SubjectChoice, ChooseResultsView):
    pass


class SubjectChosenView(ForWritersMixin, ChosenView):
    pass


class SubjectChosenMultipleView(ForWritersMixin, ChosenMultipleView):
    pass


class SubjectChooserViewSet(ChooserViewSet):
    """The chooser of a story's subject."""

    model = Subject
    icon = "user"
    choose_one_text = _("Choose a subject")
    choose_another_text = _("Choose another subject")
    choose_view_class = SubjectChooseView
    choose_results_view_class = SubjectChooseResultsView
    chosen_view_class = SubjectChosenView
    chosen_multiple_view_class = SubjectChosenMultipleView
    create_view_class = NothingMadeView


subject_viewset = SubjectViewSet()
subject_chooser_viewset = SubjectChooserViewSet("subject_chooser")
