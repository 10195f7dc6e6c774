"""The form on which a form's states are named, ordered, worded, added and removed."""

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.inbox.filters import in_state
from applications.inbox.states import NEEDED
from applications.models.applications import Application
from applications.models.pages import ApplicationFormPage
from applications.models.states import ApplicationState

_FIELDS = ["sort_order", "status", "name", "heading", "text", "answer_within"]
# Where the page says which states it shows.
SEEN = "seen"

if TYPE_CHECKING:
    _Form = forms.ModelForm[ApplicationState]
    _FormSet = forms.BaseModelFormSet[ApplicationState, "StateForm"]
else:
    _Form, _FormSet = forms.ModelForm, forms.BaseModelFormSet


# After all others: where a new state goes that says nothing of its place.
LAST = 32_000


class StateForm(_Form):
    """One state."""

    class Meta:
        model = ApplicationState
        fields = _FIELDS
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            # Empty, so that a row nobody has touched is no state.
            self.fields["sort_order"].required = False
            self.initial.setdefault("status", "")
            self.initial["sort_order"] = None

    def clean_sort_order(self) -> int:
        order = self.cleaned_data["sort_order"]
        return LAST if order is None else order

    def clean_status(self) -> str:
        status: str = self.cleaned_data["status"]
        pk, before = self.instance.pk, self.initial.get("status")
        if pk and status != before and in_use(pk):
            sentence = gettext(
                "Applications are in this state: it keeps its kind. Add another state."
            )
            raise forms.ValidationError(sentence)
        return status


class BaseStateFormSet(_FormSet):
    """All states of one form, with an empty row for one more."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["id"].error_messages["invalid_choice"] = _(
            "A colleague has removed this state. Copy what you need into the empty row "
            "below, and tick “Remove this state” here."
        )
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Remove this state")

    def clean(self) -> None:
        super().clean()
        kept, still_used = set(), []
        for form in self.forms:
            if not form.has_changed() and form.instance.pk is None:
                continue
            if not form.cleaned_data.get("DELETE"):
                kept.add(form.cleaned_data.get("status"))
            elif form.instance.pk and in_use(form.instance.pk):
                still_used.append(form.instance.name)
        # Not at the rows: what is wrong with one that is to go is not asked for.
        if still_used:
            sentence = gettext(
                "Applications are in this state: “{name}” was not removed. Move them "
                "to another first."
            )
            raise forms.ValidationError(sentence.format(name="”, “".join(still_used)))
        for status in NEEDED:
            if status not in kept and not any(self.errors):
                sentence = gettext(
                    "Every form needs a state of the kind “{kind}”: applications come "
                    "into it by themselves. Nothing was removed."
                )
                raise forms.ValidationError(sentence.format(kind=status.label))


def in_use(pk: int) -> bool:
    """Return whether any application is in the state with this primary key.

    Those without a state of their own are in the first of their kind.
    """
    stored = ApplicationState.objects.select_related("form").get(pk=pk)
    is_first = _firsts(stored.form).get(stored.status) == stored
    return Application.objects.filter(in_state(stored, is_first)).exists()


def _firsts(form: ApplicationFormPage) -> dict[str, ApplicationState]:
    """Return the first state of each kind."""
    return {state.status: state for state in reversed(rows_of(form))}


def rows_of(form: ApplicationFormPage) -> Any:
    return ApplicationState.objects.filter(form=form)


def digest_of(form: ApplicationFormPage) -> str:
    """Return what tells whether a colleague has changed a form's states since."""
    rows = list(rows_of(form).values_list("pk", *_FIELDS))
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def formset_of(form: ApplicationFormPage, data: Any = None) -> BaseStateFormSet:
    """Return the rows as forms, bound to ``data`` if there is any."""
    rows: Any = forms.modelformset_factory(
        ApplicationState,
        form=StateForm,
        formset=BaseStateFormSet,
        extra=1,
        can_delete=True,
        can_delete_extra=False,
        max_num=40,
        absolute_max=60,
        validate_max=True,
    )
    return rows(data, queryset=rows_of(form), prefix="states")


@transaction.atomic
def begin_with_the_usual(form: ApplicationFormPage) -> bool:
    """Give a form the usual states as its own; return whether it had none.

    They are named in the form's language, since colleagues of that language read them.
    """
    ApplicationFormPage.objects.select_for_update(of=("self",)).get(pk=form.pk)
    if rows_of(form).exists():
        return False
    with translation.override(form.locale.language_code):
        rows = [
            ApplicationState(
                form=form, status=status, name=str(status.label), sort_order=number
            )
            for number, status in enumerate(Application.Status, start=1)
        ]
    ApplicationState.objects.bulk_create(rows)
    return True


def save(form: ApplicationFormPage, rows: BaseStateFormSet) -> None:
    """Store what is valid, and number the states anew in their order.

    Applications in the first state of a kind stay in it where it is the first no more:
    what their applicants read changes by a move alone.
    """
    before = _firsts(form)
    for state in rows.save(commit=False):
        state.form = form
        state.save()
    for state in rows.deleted_objects:
        state.delete()
    for number, state in enumerate(rows_of(form), start=1):
        if state.sort_order != number:
            ApplicationState.objects.filter(pk=state.pk).update(sort_order=number)
    after = _firsts(form)
    for status, first in before.items():
        if after.get(status) not in {None, first}:
            Application.objects.filter(in_state(first, is_first=True)).update(
                state=first
            )
