"""What a reviewer is asked, and the record of the answers."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TaskState

from core.due.days import months_after
from core.publishing.gate import Problem, PublishBlocked
from core.publishing.signals import DECIDED
from review.four_eyes import invitation_refusal, refusal
from review.models.checklist import ChecklistItem
from review.models.records import ReviewRecord
from review.models.reviewers import checked_credential, person_of
from review.versions import version_of

USUAL_MONTHS = 12
MOST_MONTHS = 24
_ITEM = "item_"
_DAY = "%Y-%m-%d"
CHANGED = _(
    "Somebody has changed the page since you opened this form. Close it, read the page "
    "again, and approve it then."
)


def in_months(months: int) -> date:
    """Return the day in so many months, or the last one of a month without it."""
    today = timezone.localdate(timezone=timezone.get_default_timezone())
    return months_after(today, months)


class ReviewForm(forms.Form):
    """Checklist, independence, what was changed, and when the next review is due.

    The fields of the checklist are named for their words: one that is reworded while
    the form is open has to be ticked again. ``version`` is what the reviewer has seen.
    """

    independence = forms.ChoiceField(
        label=_("Independence"),
        choices=[
            ("none", _("I have no interest in what this page recommends")),
            ("declared", _("I declare an interest")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you have an interest.")},
    )
    interest = forms.CharField(
        label=_("Interest"),
        max_length=300,
        required=False,
        help_text=_("Printed beside the review, such as “Employed by the clinic.”"),
    )
    changes = forms.CharField(
        label=_("What was changed in this review"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept with the record, for colleagues."),
    )
    due_on = forms.DateField(
        label=_("Next review due"),
        widget=forms.DateInput(attrs={"type": "date"}, format=_DAY),
        help_text=_("In 24 months at the latest."),
        error_messages={"required": _("Say when the page is to be reviewed next.")},
    )
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        page: Any,
        person: Any,
        invitation: Any = None,
        typed: Any = None,
        **kwargs: Any,
    ) -> None:
        self.page = page
        self.person = person
        self.invitation = invitation
        initial = {
            "due_on": in_months(USUAL_MONTHS),
            **(typed or {}),
            "version": version_of(page).digest,
        }
        super().__init__(data, initial=initial, **kwargs)
        items = {_name(item): item for item in ChecklistItem.objects.all()}
        ticks = {
            name: forms.BooleanField(
                label=item.text,
                error_messages={
                    "required": _("Tick this, or request changes to the page.")
                },
            )
            for name, item in items.items()
        }
        self.fields = {**ticks, **self.fields}

    @cached_property
    def refusal(self) -> str:
        """Why nobody, or not this person, can approve the page; "" if they can."""
        if not any(name.startswith(_ITEM) for name in self.fields):
            return gettext(
                "The checklist is empty, so there is nothing to confirm. Ask a "
                "moderator to word it under Checklist."
            )
        if self.invitation:
            inviter = self.invitation.invited_by
            return invitation_refusal(self.page, self.person, inviter)
        return refusal(self.page, self.person)

    def clean_due_on(self) -> Any:
        due = self.cleaned_data["due_on"]
        today = in_months(0)
        if not today < due <= in_months(MOST_MONTHS):
            raise ValidationError(
                _("Choose a day after today, and at most 24 months ahead.")
            )
        return due

    def clean(self) -> Any:
        if self.refusal:
            raise ValidationError(self.refusal)
        if self.cleaned_data.get("version") != self.initial["version"]:
            raise ValidationError(CHANGED)
        independence = self.cleaned_data.get("independence")
        interest = (self.cleaned_data.get("interest") or "").strip()
        if independence == "declared" and not interest:
            self.add_error("interest", gettext("Say which interest you declare."))
        if independence == "none" and interest:
            self.add_error(
                "independence", gettext("You have typed an interest: declare it.")
            )
        return self.cleaned_data

    def ticked(self) -> list[str]:
        """Return the words of the items that were ticked."""
        return [
            str(field.label)
            for name, field in self.fields.items()
            if name.startswith(_ITEM) and self.cleaned_data[name]
        ]

    def kept(self) -> dict[str, Any]:
        """Return what the record keeps of the answers, and of who gave them."""
        inviter = self.invitation.invited_by if self.invitation else None
        credential = checked_credential(self.person, inviter)
        return {
            "invited_by": inviter,
            "person": self.person,
            "name": self.person.name,
            "credential": str(credential),
            "interest": self.cleaned_data["interest"].strip(),
            "changes": self.cleaned_data["changes"].strip(),
            "due_on": self.cleaned_data["due_on"],
            "checklist": self.ticked(),
        }

    def sentences(self) -> Iterator[str]:
        """Yield the errors, those of a field with its label."""
        for name, messages in self.errors.items():
            field = self.fields.get(name)
            for message in messages:
                yield f"{field.label}: {message}" if field else str(message)


def _name(item: ChecklistItem) -> str:
    return f"{_ITEM}{item.pk}_{sha256(item.text.encode()).hexdigest()[:8]}"


def approval_form(
    asked: Callable[[], Any],
) -> Callable[..., ReviewForm]:
    """Return what makes the form of Wagtail's window: it is given posted data or none.

    Args:
        asked: Returns the page and the user, once they are known.
    """

    def form(data: Any = None) -> ReviewForm:
        page, user = asked()
        draft = page.get_latest_revision_as_object()
        return ReviewForm(data, page=draft, person=person_of(user))

    return form


def approve(
    task_state: Any, user: Any, answers: dict[str, Any], invitation: Any = None
) -> ReviewRecord:
    """Write the record, then approve; to be called in a transaction.

    Publication may follow at once, and asks for the record.

    Args:
        task_state: The step at which the page waits.
        user: Whose account approves, None with an invitation.
        answers: What was posted.
        invitation: The `Invitation` of a reviewer without an account.

    Raises:
        core.publishing.gate.PublishBlocked: The answers are refused, or somebody else
            has decided.
    """
    page = waiting_page(task_state, invitation)
    revision = page.get_latest_revision()
    person = invitation.person if invitation else person_of(user)
    form = ReviewForm(
        answers, page=revision.as_object(), person=person, invitation=invitation
    )
    if not form.is_valid():
        raise refused(page, list(form.sentences()))
    record = ReviewRecord.objects.create(
        page_id=page.pk,
        revision=revision,
        task_state_id=task_state.pk,
        reviewer=user,
        digest=version_of(form.page).digest,
        **form.kept(),
    )
    task_state.approve(user=user, comment=record.changes)
    return record


def waiting_page(task_state: Any, invitation: Any = None) -> Any:
    """Return the page, locked with its step; a used invitation counts no more.

    Raises:
        core.publishing.gate.PublishBlocked: Somebody else has decided.
    """
    page = task_state.workflow_state.content_object.specific
    # Before its versions, as whoever stores one does.
    Page.objects.select_for_update().filter(pk=page.pk).values_list("pk").first()
    waiting = TaskState.objects.select_for_update().get(pk=task_state.pk)
    is_waiting = waiting.status == TaskState.STATUS_IN_PROGRESS
    if not is_waiting or (invitation and not invitation.note_use()):
        raise refused(page, [str(DECIDED)])
    return page


def refused(page: Any, sentences: list[str]) -> PublishBlocked:
    """Return the error that says why a review is not taken."""
    return PublishBlocked(
        page, [Problem("review-refused", "block", each) for each in sentences]
    )
