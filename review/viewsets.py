"""The admin's views of reviewers, checks, the checklist and the records."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets import AdminDateInput
from wagtail.permissions import ModelPermissionPolicy

from people.models import Credential
from review.models.checklist import ChecklistItem
from review.models.records import ReviewRecord
from review.models.reviewers import CredentialCheck, Reviewer, person_of


class _Policy(ModelPermissionPolicy):
    """Lets users do only what can be done with a model at all."""

    actions: frozenset[str]

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in self.actions and bool(
            super().user_has_permission(user, action)
        )

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class ReadOnlyPolicy(_Policy):
    actions = frozenset({"view"})


class AddOnlyPolicy(_Policy):
    """A check that was wrong is deleted, not reworded."""

    actions = frozenset({"view", "add", "delete"})


class ChecklistViewSet(ModelViewSet):
    """What reviewers confirm."""

    model = ChecklistItem
    name = "review_checklist"
    icon = "list-ol"
    menu_label = _("Checklist")
    form_fields = ["text", "position"]
    list_display = ["text", "position"]
    copy_view_enabled = False
    ordering = ["position", "pk"]


class ReviewerForm(WagtailAdminModelForm):
    """Says whose profile an account is: neither one's own, nor one that one checked."""

    class Meta:
        model = Reviewer
        fields = ["user", "person"]

    def clean(self) -> Any:
        cleaned: Any = super().clean()
        if cleaned.get("user") == self.for_user:
            self.add_error(
                "user",
                gettext("This is your own account. Somebody else must enter it."),
            )
        person = cleaned.get("person")
        if person and person.credential_checks.filter(checked_by=self.for_user):
            self.add_error(
                "person",
                gettext(
                    "You have checked a credential of this person. Somebody else must "
                    "enter whose profile it is."
                ),
            )
        return cleaned

    def save(self, commit: bool = True) -> Any:
        self.instance.entered_by = self.for_user
        return super().save(commit=commit)


class ReviewerViewSet(ModelViewSet):
    """Which account is whose profile."""

    model = Reviewer
    name = "reviewers"
    icon = "user"
    menu_label = _("Reviewers")
    exclude_form_fields: list[str] = []
    list_display = ["person", "user"]
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        return ReviewerForm


class CredentialChoice(forms.ModelChoiceField[Credential]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.person.title}: {obj}"


class CheckForm(WagtailAdminModelForm):
    """Chooses a clinical credential of a published profile, and when it was seen."""

    credential = CredentialChoice(
        label=_("Credential"),
        queryset=Credential.objects.none(),
        help_text=_("Those that a published profile gives as clinical."),
    )

    class Meta:
        model = CredentialCheck
        fields = ["credential", "checked_on"]
        widgets = {"checked_on": AdminDateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["credential"]
        chosen.queryset = (
            Credential.objects.filter(is_clinical=True, person__live=True)
            .select_related("person")
            .order_by("person__title", "sort_order")
        )

    def clean_credential(self) -> Credential:
        credential: Credential = self.cleaned_data["credential"]
        if person_of(self.for_user) == credential.person:
            raise ValidationError(
                gettext("This is your own. Somebody else must check it.")
            )
        return credential

    def save(self, commit: bool = True) -> Any:
        credential = self.cleaned_data["credential"]
        check = self.instance
        check.person = credential.person
        check.name, check.awarded_by = credential.name, credential.awarded_by
        check.register_url = credential.register_url
        check.checked_by = self.for_user
        return super().save(commit=commit)


class CredentialCheckViewSet(ModelViewSet):
    """Who looked up which credential, and when."""

    model = CredentialCheck
    name = "credential_checks"
    icon = "tick-inverse"
    menu_label = _("Checks of credentials")
    exclude_form_fields: list[str] = []
    list_display = ["person", "name", "awarded_by", "checked_by", "checked_on"]
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = [
        "person",
        "name",
        "awarded_by",
        "register_url",
        "checked_on",
        "checked_by",
    ]

    @property
    def permission_policy(self) -> AddOnlyPolicy:
        return AddOnlyPolicy(self.model)

    def get_form_class(self, for_update: bool = False) -> Any:
        return CheckForm


def _day(name: str) -> Callable[[Any], str]:
    return lambda record: date_format(getattr(record, name))


class ReviewRecordViewSet(ModelViewSet):
    """The records, to be read."""

    model = ReviewRecord
    name = "review_records"
    icon = "clipboard-list"
    menu_label = _("Records")
    exclude_form_fields: list[str] = []
    list_display = [
        "page",
        "name",
        # Not in words, which know no time to come.
        Column("reviewed_on", label=_("Reviewed"), accessor=_day("reviewed_on")),
        Column("due_on", label=_("Next review due"), accessor=_day("due_on")),
    ]
    list_filter = ["due_on"]
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = [
        "page",
        "name",
        "credential",
        "interest",
        "checklist",
        "changes",
        "reviewed_at",
        "due_on",
        "reviewer",
        "invited_by",
    ]

    @property
    def permission_policy(self) -> ReadOnlyPolicy:
        return ReadOnlyPolicy(self.model)


class ReviewGroup(ModelViewSetGroup):
    """Everything about reviews, in one menu."""

    menu_label = _("Medical review")
    menu_icon = "clipboard-list"
    menu_order = 255
    items = (
        ReviewRecordViewSet(),
        ReviewerViewSet(),
        CredentialCheckViewSet(),
        ChecklistViewSet(),
    )
