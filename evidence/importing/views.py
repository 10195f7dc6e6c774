"""The import in the admin: hand in, look, tick, store."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permission_policies import ModelPermissionPolicy

from core.importing.views import CancelImportView, numbers
from evidence.importing.display import as_shown
from evidence.importing.forms import UploadForm
from evidence.importing.models import ReferenceImport
from evidence.importing.plan import Action, Row, plan
from evidence.importing.progress import progress_page
from evidence.models import Reference

ROWS_PER_PAGE = 50
# What the preview can be narrowed down to, and how it says so.
SHOWN = {
    "": "All",
    str(Action.CREATE): "New",
    str(Action.UPDATE): "Fill blank fields",
    str(Action.MATCH): "In the library",
    str(Action.REFUSE): "Refused",
}


class ImportingView(WagtailAdminTemplateMixin):
    """What the steps share: for those who may add references."""

    page_title = "Import references"
    header_icon = "openquote"
    _show_breadcrumbs = True
    request: HttpRequest

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if not _may(request, "add"):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    @property
    def list_url(self) -> str:
        return reverse(Reference.snippet_viewset.get_url_name("list"))

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {"url": self.list_url, "label": "References"},
            {"url": "", "label": self.page_title},
        ]


def _may(request: HttpRequest, action: str) -> bool:
    policy = ModelPermissionPolicy(Reference)
    return bool(policy.user_has_permission(request.user, action))


class UploadView(ImportingView, FormView[UploadForm]):
    """Takes a file or pasted text, and plans."""

    template_name = "evidence/importing/upload.html"
    form_class = UploadForm

    def form_valid(self, form: UploadForm) -> HttpResponse:
        ReferenceImport.objects.delete_old()
        file = form.cleaned_data["file"]
        rows = plan(form.contents.records, may_change=_may(self.request, "change"))
        waiting = ReferenceImport.objects.create(
            user_id=self.request.user.pk or 0,
            file_name=file.name[:200] if file else "Pasted text",
            formats=", ".join(form.contents.formats),
            rows=[row.as_json() for row in rows],
        )
        return redirect("reference_import_preview", waiting.pk)


class PreviewView(ImportingView, TemplateView):
    """Shows what would happen, keeps what is ticked, and does it."""

    page_subtitle = "Preview"

    @cached_property
    def waiting(self) -> ReferenceImport:
        mine = ReferenceImport.objects.of(self.request.user)
        return get_object_or_404(mine, pk=self.kwargs["uuid"])

    @cached_property
    def rows(self) -> list[Row]:
        return [Row.from_json(stored) for stored in self.waiting.rows]

    def get_template_names(self) -> list[str]:
        done = self.waiting.result is not None
        return [f"evidence/importing/{'result' if done else 'preview'}.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        show = self.request.GET.get("show", "")
        show = show if show in SHOWN else ""
        rows = [row for row in self.rows if show in ("", row.action)]
        page = Paginator(rows, ROWS_PER_PAGE).get_page(self.request.GET.get("p"))
        left_out = set(self.waiting.left_out)
        return context | {
            "waiting": self.waiting,
            "list_url": self.list_url,
            "page_obj": page,
            "shown": as_shown(list(page), left_out, set(self.waiting.overwritten)),
            "show": show,
            "tabs": [
                (name, label, count)
                for name, label in SHOWN.items()
                if (count := sum(name in ("", row.action) for row in self.rows))
            ],
            "ticked": sum(
                row.decides and row.number not in left_out for row in self.rows
            ),
            "notice": self.waiting.told_once(),
        }

    def post(self, request: HttpRequest, uuid: Any) -> HttpResponseBase:
        waiting = self.waiting
        here = reverse("reference_import_preview", args=[uuid])
        if waiting.result is not None:
            return redirect(here)
        shown, taken = numbers(request, "shown"), numbers(request, "take")
        replaced = numbers(request, "overwrite")
        waiting.left_out = sorted(set(waiting.left_out) - shown | shown - taken)
        waiting.overwritten = sorted(
            set(waiting.overwritten) - shown | shown & replaced
        )
        # Thrown away in another window, it stays away.
        ReferenceImport.objects.filter(pk=waiting.pk).update(
            left_out=waiting.left_out, overwritten=waiting.overwritten
        )
        if "confirm" in request.POST:
            return progress_page(request, waiting, may_change=_may(request, "change"))
        show, _, number = request.POST.get("go", "").partition(":")
        return redirect(f"{here}?show={show if show in SHOWN else ''}&p={number or 1}")


class CancelView(CancelImportView, ImportingView):
    model = ReferenceImport
    preview = "reference_import_preview"
