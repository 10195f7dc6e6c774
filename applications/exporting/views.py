"""The admin's page on which applications are taken out of the site."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.mixins import UserPassesTestMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput

from applications.admissions.recording import tell_of_keys
from applications.admissions.rights import Right, forms_where, is_granted, rights_to
from applications.exporting.files import csv_file, xlsx_file
from applications.exporting.rows import table
from applications.models.applications import Application
from applications.models.log_entries import ApplicationLogEntry
from applications.models.pages import ApplicationFormPage
from core.encryption import KeysUnusableError
from core.views.private import keep_private

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KINDS: dict[str, tuple[Callable[[Any], Iterator[bytes]], str]] = {
    "xlsx": (xlsx_file, _XLSX),
    "csv": (csv_file, "text/csv; charset=utf-8"),
}


class ExportForm(forms.Form):
    """Which applications, as what, and why."""

    form = forms.ModelChoiceField(
        ApplicationFormPage.objects.none(), empty_label=None, label=_("Form")
    )
    since = forms.DateField(
        required=False, widget=AdminDateInput, label=_("Received from")
    )
    until = forms.DateField(
        required=False, widget=AdminDateInput, label=_("Received up to, inclusive")
    )
    kind = forms.ChoiceField(
        choices=[("xlsx", _("Excel (XLSX)")), ("csv", _("CSV"))],
        widget=forms.RadioSelect,
        initial="xlsx",
        label=_("File"),
    )
    reason = forms.CharField(
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Stands in the log beside your name. Say what it is for, and name no "
            "applicant."
        ),
        label=_("Why you need it"),
        error_messages={"required": _("Say what it is for: it stands in the log.")},
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["form"]
        field.queryset = forms_where(user, Right.EXPORT).order_by("title")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("Choose a day that is not before the first."))
        return cleaned

    def applications(self) -> "QuerySet[Application]":
        """Return those that were asked for."""
        cleaned = self.cleaned_data
        found = Application.objects.filter(definition__page=cleaned["form"])
        if cleaned["since"]:
            found = found.filter(submitted_at__date__gte=cleaned["since"])
        if cleaned["until"]:
            found = found.filter(submitted_at__date__lte=cleaned["until"])
        return found


class ExportView(UserPassesTestMixin, WagtailAdminTemplateMixin, FormView[ExportForm]):
    """Asks what for, records it, and answers with the file as it is read."""

    template_name = "applications/admin/export.html"
    form_class = ExportForm
    page_title = _("Export applications")
    header_icon = "download"
    _show_breadcrumbs = True
    raise_exception = True

    def test_func(self) -> bool:
        return is_granted(self.request.user, Right.EXPORT)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return keep_private(super().get(request, *args, **kwargs))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: ExportForm) -> Any:
        applications, kind = form.applications(), form.cleaned_data["kind"]
        rights = rights_to(self.request.user, form.cleaned_data["form"].pk)
        is_revealed = Right.REVEAL in rights
        # First the log, then the answers: nobody takes them unrecorded.
        try:
            ApplicationLogEntry.objects.log_action(
                form.cleaned_data["form"],
                "applications.export",
                user=self.request.user,
                data={
                    "kind": kind,
                    "since": _iso(form.cleaned_data["since"]),
                    "until": _iso(form.cleaned_data["until"]),
                    "count": applications.count(),
                    "is_revealed": is_revealed,
                    "reason": form.cleaned_data["reason"],
                },
            )
        except KeysUnusableError as error:
            tell_of_keys(self.request, error)
            return self.form_invalid(form)
        written, content_type = _KINDS[kind]
        # Without the form's name, which may tell of an illness in a list of downloads.
        name = f"applications-{localdate():%Y-%m-%d}.{kind}"
        response = StreamingHttpResponse(
            written(table(applications, is_revealed=is_revealed)),
            content_type=content_type,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
        return keep_private(response)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
