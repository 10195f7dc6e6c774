"""The import of redirects: a file, what it would do, and then doing it."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.contrib.redirects.permissions import permission_policy

from seo.redirects import spreadsheet

_SHOWN = 200  # rows that are wrong, and of those that are not
_LARGEST = 10 * 1024 * 1024  # bytes, fewer than a request may have
_TOO_LARGE = _("The file has more than 10 MB: divide it.")


class ImportForm(forms.Form):
    """A CSV file, or its text once it was looked at."""

    import_file = forms.FileField(
        label=_("File to import"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv"}),
        help_text=_(
            "CSV in UTF-8, as the export of the list writes it. A redirect from the "
            "same address is changed, not added again. Write “gone” for what has no "
            "target."
        ),
    )
    text = forms.CharField(
        widget=forms.HiddenInput, required=False, strip=False, max_length=_LARGEST
    )
    is_checked = forms.BooleanField(widget=forms.HiddenInput, required=False)
    rows: list[spreadsheet.Row]

    def clean(self) -> Any:
        values = super().clean() or {}
        file = values.get("import_file")
        if file:
            if file.size > _LARGEST:
                raise ValidationError({"import_file": _TOO_LARGE})
            try:
                values["text"] = file.read().decode("utf-8-sig")
            except UnicodeDecodeError as error:
                raise ValidationError({"import_file": spreadsheet.NOT_CSV}) from error
        try:
            self.rows = spreadsheet.read(values.get("text", "").replace("\0", ""))
        except ValidationError as error:
            raise ValidationError({"import_file": error}) from error
        return values


class ImportView(WagtailAdminTemplateMixin, FormView[ImportForm]):
    """Shows what a file would do, row by row, and does it when that is confirmed."""

    form_class = ImportForm
    template_name = "seo/redirects/import.html"
    page_title = _("Import redirects")
    header_icon = "redirect"

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        for action in ("add", "change"):
            if not permission_policy.user_has_permission(request.user, action):
                raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: ImportForm) -> HttpResponse:
        if not form.cleaned_data["is_checked"] or form.cleaned_data["import_file"]:
            return self.render_to_response(self._preview(form))
        with transaction.atomic():
            added, changed = spreadsheet.write(form.rows)
        messages.success(self.request, _result(added, changed))
        return redirect("wagtailredirects:index")

    def _preview(self, form: ImportForm) -> dict[str, Any]:
        wrong = [row for row in form.rows if row.errors]
        right = [row for row in form.rows if not row.errors]
        again = ImportForm(
            initial={"text": form.cleaned_data["text"], "is_checked": True}
        )
        context: dict[str, Any] = self.get_context_data(
            form=again,
            is_preview=True,
            wrong=wrong[:_SHOWN],
            wrong_count=len(wrong),
            right=right[:_SHOWN],
            right_count=len(right),
        )
        return context


def _result(added: int, changed: int) -> str:
    first = ngettext(
        "%(count)d redirect was added.", "%(count)d redirects were added.", added
    ) % {"count": added}
    second = ngettext(
        "%(count)d was there and is changed.",
        "%(count)d were there and are changed.",
        changed,
    ) % {"count": changed}
    return f"{first} {second}"
