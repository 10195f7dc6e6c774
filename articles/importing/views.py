"""The import of articles in the admin (`core.importing.views`).

Requests that plan or carry out import what does it: few processes ever get one.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.permission_policies import ModelPermissionPolicy

from articles.importing.display import KINDS, UNLINKED, as_done, as_shown
from articles.importing.forms import UploadForm
from articles.importing.models import ArticleImport
from articles.models.article_page import ArticlePage
from articles.models.index_page import ArticleIndexPage
from core.importing.progress import Work
from core.importing.views import CancelImportView, ImportPreviewView, ImportView
from evidence.models import Reference


def may_import(user: Any, index: Any) -> bool:
    """Return whether ``user`` may make articles beneath ``index``."""
    may_add = index.permissions_for_user(user).can_add_subpage()
    return bool(may_add and ArticlePage.can_create_at(index))


class ArticleImportView(ImportView):
    """The base view, for users who may add articles beneath the index."""

    model = ArticleImport
    name = "article_import"
    page_title = _("Import articles")

    @cached_property
    def index(self) -> ArticleIndexPage:
        return self.waiting.index

    def may_import(self) -> bool:
        return may_import(self.request.user, self.index)

    @property
    def list_url(self) -> str:
        return reverse("wagtailadmin_explore", args=[self.index.pk])

    @property
    def list_label(self) -> str:
        return str(self.index.get_admin_display_title())

    @property
    def upload_url(self) -> str:
        return reverse(self.name, args=[self.index.pk])


class UploadView(ArticleImportView, FormView[UploadForm]):
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
        from articles.importing.drafting.pictures import collection_for
        from articles.importing.drafting.plan import plan

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


class PreviewView(ArticleImportView, ImportPreviewView):
    """Shows the draft that each file would become, and makes those that are ticked."""

    template_folder = "articles/importing"
    kinds = KINDS
    rows_per_page = 20

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "index": self.index, "unlinked": UNLINKED}

    def as_shown(self, rows: Sequence[Any]) -> Sequence[Any]:
        if result := self.waiting.result:
            return as_done(rows, result)
        return as_shown(rows, set(self.waiting.left_out))

    def carry_out(self, waiting: Any, rows: list[Any]) -> Work:
        from articles.importing.carrying_out import carry_out

        return carry_out(
            waiting.sources,
            rows,
            waiting.index,
            left_out=waiting.left_out,
            user=self.request.user,
            makes_references=waiting.makes_references,
        )

    def finish(self, waiting: Any, rows: list[Any], result: Any) -> None:
        """Keep titles and problems, and delete the uploaded files."""
        waiting.result = asdict(result)
        for row in rows:
            row.fields = {"title": row.title}
        waiting.rows = [row.as_json() for row in rows]
        waiting.files.all().delete()


class CancelView(ArticleImportView, CancelImportView):
    """Cancels an import of articles."""
