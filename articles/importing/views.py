"""The import in the admin: hand in, look, tick, store."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permission_policies import ModelPermissionPolicy

from articles.importing.display import UNLINKED, as_done, as_shown
from articles.importing.forms import UploadForm
from articles.importing.models import ArticleImport
from articles.importing.pictures import collection_for
from articles.importing.plan import Action, Row, plan
from articles.importing.progress import progress_page
from articles.models.article_page import ArticlePage
from articles.models.index_page import ArticleIndexPage
from core.importing.views import CancelImportView, numbers
from evidence.models import Reference

ROWS_PER_PAGE = 20


def may_import(user: Any, index: Any) -> bool:
    """Tell whether ``user`` may make articles beneath ``index``."""
    may_add = index.permissions_for_user(user).can_add_subpage()
    return bool(may_add and ArticlePage.can_create_at(index))


class ImportingView(WagtailAdminTemplateMixin):
    """What the steps share: for those who may add articles beneath the index."""

    page_title = "Import articles"
    header_icon = "upload"
    _show_breadcrumbs = True
    request: HttpRequest
    kwargs: dict[str, Any]

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if not may_import(request.user, self.index):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    @cached_property
    def index(self) -> ArticleIndexPage:
        return self.waiting.index

    @cached_property
    def waiting(self) -> ArticleImport:
        mine = ArticleImport.objects.of(self.request.user).select_related("index")
        return get_object_or_404(mine, pk=self.kwargs["uuid"])

    @property
    def list_url(self) -> str:
        return reverse("wagtailadmin_explore", args=[self.index.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {"url": self.list_url, "label": self.index.get_admin_display_title()},
            {"url": "", "label": self.page_title},
        ]


class UploadView(ImportingView, FormView[UploadForm]):
    """Takes files or pasted text, and plans."""

    template_name = "articles/importing/upload.html"
    form_class = UploadForm

    @cached_property
    def index(self) -> ArticleIndexPage:
        return get_object_or_404(ArticleIndexPage, pk=self.kwargs["index_pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        policy = ModelPermissionPolicy(Reference)
        may = policy.user_has_permission(self.request.user, "add")
        return {**super().get_form_kwargs(), "may_make_references": may}

    def form_valid(self, form: UploadForm) -> HttpResponse:
        ArticleImport.objects.delete_old()
        makes_references = form.cleaned_data.get("makes_references", False)
        planned = plan(
            form.sources,
            self.index,
            may_add_pictures=collection_for(self.request.user) is not None,
            makes_references=makes_references,
        )
        with transaction.atomic():
            waiting = ArticleImport(
                user_id=self.request.user.pk or 0,
                index=self.index,
                makes_references=makes_references,
                rows=[row.as_json() for row in planned.rows],
                refused=form.sources.refused,
            )
            waiting.save()
            waiting.keep(form.sources)
        return redirect("article_import_preview", waiting.pk)


class PreviewView(ImportingView, TemplateView):
    """Shows what would happen, keeps what is ticked, and does it."""

    page_subtitle = "Preview"

    @cached_property
    def rows(self) -> list[Row]:
        return [Row.from_json(stored) for stored in self.waiting.rows]

    def get_template_names(self) -> list[str]:
        done = self.waiting.result is not None
        return [f"articles/importing/{'result' if done else 'preview'}.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        page = Paginator(self.rows, ROWS_PER_PAGE).get_page(self.request.GET.get("p"))
        left_out, result = set(self.waiting.left_out), self.waiting.result
        rows = list(page)
        return context | {
            "waiting": self.waiting,
            "index": self.index,
            "list_url": self.list_url,
            "page_obj": page,
            "shown": as_done(rows, result) if result else as_shown(rows, left_out),
            "unlinked": UNLINKED,
            "ticked": sum(
                row.action == Action.CREATE and row.number not in left_out
                for row in self.rows
            ),
            "notice": self.waiting.told_once(),
        }

    def post(self, request: HttpRequest, uuid: Any) -> HttpResponseBase:
        waiting = self.waiting
        here = reverse("article_import_preview", args=[uuid])
        if waiting.result is not None:
            return redirect(here)
        shown, taken = numbers(request, "shown"), numbers(request, "take")
        waiting.left_out = sorted(set(waiting.left_out) - shown | shown - taken)
        waiting.save(update_fields=["left_out"])
        if "confirm" in request.POST:
            return progress_page(request, waiting, self._progress_context())
        number = request.POST.get("go", "")
        return redirect(f"{here}?p={number if number.isdecimal() else 1}")

    def _progress_context(self) -> dict[str, Any]:
        return {
            "waiting": self.waiting,
            "header_title": self.page_title,
            "page_title": self.page_title,
            "header_icon": self.header_icon,
            "breadcrumbs_items": [{"url": self.list_url, "label": self.index.title}],
        }


class CancelView(CancelImportView, ImportingView):
    model = ArticleImport
    preview = "article_import_preview"
