"""The import of references in the admin (`core.importing.views`)."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.permission_policies import ModelPermissionPolicy

from core.importing.progress import Work
from core.importing.views import CancelImportView, ImportPreviewView, ImportView
from core.records.printing import may_change_printed
from evidence.importing.carrying_out import carry_out
from evidence.importing.display import KINDS, as_shown
from evidence.importing.forms import UploadForm
from evidence.importing.models import ReferenceImport
from evidence.importing.plan import plan
from evidence.importing.printed import MayChange
from evidence.importing.rows import Action
from evidence.models import Reference


class ReferenceImportView(ImportView):
    """The base view, for users who may add references."""

    model = ReferenceImport
    name = "reference_import"
    page_title = gettext_lazy("Import references")
    header_icon = "openquote"

    def may_import(self) -> bool:
        return self._may("add")

    def _may(self, action: str) -> bool:
        policy = ModelPermissionPolicy(Reference)
        return bool(policy.user_has_permission(self.request.user, action))

    def _may_change(self) -> MayChange:
        if not self._may("change"):
            return False
        return True if may_change_printed(self.request.user) else "unprinted"

    @property
    def list_url(self) -> str:
        return reverse(Reference.snippet_viewset.get_url_name("list"))

    @property
    def list_label(self) -> str:
        return _("References")


class UploadView(ReferenceImportView, FormView[UploadForm]):
    """Takes a file or pasted text, and plans."""

    template_name = "evidence/importing/upload.html"
    form_class = UploadForm

    def form_valid(self, form: UploadForm) -> HttpResponse:
        ReferenceImport.objects.delete_old()
        file = form.cleaned_data["file"]
        rows = plan(form.contents.records, may_change=self._may_change())
        waiting = ReferenceImport.objects.create(
            user_id=self.request.user.pk or 0,
            file_name=file.name[:200] if file else _("Pasted text"),
            formats=", ".join(form.contents.formats),
            rows=[row.as_json() for row in rows],
        )
        return redirect("reference_import_preview", waiting.pk)


class PreviewView(ReferenceImportView, ImportPreviewView):
    """Shows the planned outcome of each work, and stores the ticked ones."""

    template_folder = "evidence/importing"
    kinds = KINDS
    rows_per_page = 50

    def as_shown(self, rows: Sequence[Any]) -> Sequence[Any]:
        waiting = self.waiting
        return as_shown(rows, set(waiting.left_out), set(waiting.overwritten))

    def ticks(self, shown: set[int]) -> dict[str, list[int]]:
        overwritten = set(self.waiting.overwritten) - shown
        replaced = shown & self.numbers("overwrite")
        return {**super().ticks(shown), "overwritten": sorted(overwritten | replaced)}

    def carry_out(self, waiting: Any, rows: list[Any]) -> Work:
        return carry_out(
            rows,
            left_out=waiting.left_out,
            overwritten=waiting.overwritten,
            user=self.request.user,
            may_change=self._may_change(),
        )

    def finish(self, waiting: Any, rows: list[Any], result: Any) -> None:
        waiting.result = result
        waiting.rows = [row.as_json() for row in rows if row.action == Action.REFUSE]


class CancelView(ReferenceImportView, CancelImportView):
    """Cancels an import of references."""
