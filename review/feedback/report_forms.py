"""The form in which staff work on a report."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from core.encryption import EncryptionError
from review.models.reader_reports import ReaderReport

CHANGE = "review.change_readerreport"
_BACKEND = "django.contrib.auth.backends.ModelBackend"
_LONGEST = 2000  # characters
_ENCRYPTED = ("note", "answer")


def staff_for_reports() -> Any:
    """Return the accounts to which a report can be given."""
    users: Any = get_user_model().objects
    return users.with_perm(CHANGE, backend=_BACKEND).order_by("username")


class HandlingForm(WagtailAdminModelForm):
    """State, who sees to it, a note for colleagues and the sentence for the reader.

    ``version`` is what was seen: who saves after somebody else is told so, and keeps
    what they typed. To be validated in a transaction, which holds the row.
    """

    note = forms.CharField(
        label=_("Note"),
        max_length=_LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Seen by staff alone."),
    )
    answer = forms.CharField(
        label=_("What came of it"),
        max_length=_LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "One or two sentences to the reader, if an address was left. You see the "
            "whole e-mail before it is sent."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = ReaderReport
        fields = ["status", "assignee"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        report = self.instance
        self.fields["assignee"].queryset = staff_for_reports()
        self.fields["assignee"].empty_label = _("Nobody yet")
        self.initial["version"] = report.version
        if report.told_at is not None:
            self.fields["answer"].disabled = True
            self.fields["answer"].help_text = _("The reader has been told this.")
        self.readable = [name for name in _ENCRYPTED if self._read(name)]

    def _read(self, name: str) -> bool:
        """Show what is kept; lock the field where it cannot be read."""
        try:
            self.initial[name] = getattr(self.instance, name)
        except EncryptionError as error:
            self.fields[name].disabled = True
            self.fields[name].help_text = error.sentence
            return False
        return True

    def clean(self) -> Any:
        cleaned: Any = super().clean()
        rows = ReaderReport.objects.select_for_update().filter(pk=self.instance.pk)
        current = rows.values_list("version", flat=True).first()
        if cleaned.get("version") != current:
            raise ValidationError(
                _(
                    "Somebody else has changed this report since you opened it. Copy "
                    "what you typed, open it again and look at what they did."
                )
            )
        is_closed = cleaned.get("status") not in ReaderReport.OPEN
        is_silent = "answer" in self.readable and not cleaned.get("answer")
        if is_closed and self.instance.has_address and is_silent:
            self.add_error(
                "answer",
                _("Write what came of it: the reader has left an address to be told."),
            )
        return cleaned

    def save(self, commit: bool = True) -> Any:
        report = self.instance
        for name in self.readable:
            setattr(report, name, self.cleaned_data[name])
        report.version += 1
        if report.is_open:
            report.closed_at = None
        elif report.closed_at is None:
            report.closed_at = timezone.now()
        if commit:
            # An address that was deleted meanwhile is not to come back.
            changed = ["status", "assignee", "version", "closed_at", *self.readable]
            report.save(update_fields=changed)
        return report
