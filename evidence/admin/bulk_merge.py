"""The bulk action “Merge” in the list of references."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction
from wagtail.snippets.permissions import get_permission_name

from core.records.catching_up import catch_up
from core.records.changing import log_change, values_of
from core.records.printing import may_change_printed, why_not_yet
from evidence.library.completing import FIELDS
from evidence.library.merging import check_identifiers, merge
from evidence.library.printed import printed_on
from evidence.models import Reference

# As many as one page of the list shows; nobody compares more.
MOST = 50


class MergeForm(forms.Form):
    """The choice of the record that is kept."""

    kept: forms.ModelChoiceField[Reference] = forms.ModelChoiceField(
        Reference.objects.none(),
        label=_("Keep"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the record to keep.")},
    )

    def __init__(self, *args: Any, references: Sequence[Reference], **kwargs: Any):
        super().__init__(*args, **kwargs)
        pks = [reference.pk for reference in references]
        field: Any = self.fields["kept"]
        field.queryset = Reference.objects.unmerged().filter(pk__in=pks)

    def clean_kept(self) -> Reference:
        kept: Reference = self.cleaned_data["kept"]
        field: Any = self.fields["kept"]
        if not 1 < field.queryset.count() <= MOST:
            raise ValidationError(
                gettext("Tick two references or more, and {most} at most.").format(
                    most=MOST
                )
            )
        check_identifiers(field.queryset)
        return kept


class MergeBulkAction(SnippetBulkAction):
    display_name = _("Merge")
    action_type = "merge"
    aria_label = _("Merge the ticked references into one")
    template_name = "evidence/merging/confirm.html"
    action_priority = 20
    form_class = MergeForm

    models = [Reference]

    @classmethod
    def get_queryset(cls, model: Any, object_ids: Any) -> Any:
        """Return the ticked records, at most one more than the limit."""
        ids = [pk for pk in object_ids[: MOST + 1] if str(pk).isdecimal()]
        return super().get_queryset(model, ids)

    def check_perm(self, snippet: Reference) -> bool:
        user = self.request.user
        return all(
            user.has_perm(get_permission_name(action, Reference))
            for action in ("change", "delete")
        ) and (
            may_change_printed(user) or (self.is_known and not printed_on([snippet]))
        )

    @cached_property
    def is_known(self) -> bool:
        """Whether it is known which published pages cite what is ticked."""
        return catch_up()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        count = len(context["items"])
        return context | {
            "most": MOST,
            "not_yet": "" if self.is_known else why_not_yet(),
            "mergeable": 1 < count <= MOST,
            "pages": printed_on(each["item"] for each in context["items"]),
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        references, _ = self.get_actionable_objects()
        return {**super().get_form_kwargs(), "references": references}

    @classmethod
    def execute_action(
        cls, objects: Sequence[Reference], **kwargs: Any
    ) -> tuple[int, int]:
        action: MergeBulkAction = kwargs["self"]
        kept = action.cleaned_form.cleaned_data["kept"]
        others = [one for one in objects if one != kept and not one.merged_into_id]
        before, pages = values_of(kept, FIELDS), printed_on([kept, *others])
        try:
            merge(kept, others, action.request.user)
        except ValidationError as error:  # somebody else was at it meanwhile
            messages.error(action.request, error.message)
            return 0, 0
        if pages:
            user = action.request.user
            log_change(kept, before, values_of(kept, FIELDS), pages, user)
        return len(others), 0

    def get_success_message(self, merged: int, children: int) -> str | None:
        if not merged:
            return None
        return ngettext(
            "Merged: {count} reference is one now. Whatever cited any of them cites "
            "it.",
            "Merged: {count} references are one now. Whatever cited any of them cites "
            "it.",
            merged + 1,
        ).format(count=merged + 1)
