"""The admin's report on PDFs without tags, and its line on the dashboard."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.documents.models import Document
from wagtail.documents.permissions import permission_policy

from core.admin.dashboard import ITEMS_SHOWN, Task
from review.accessibility.documents import untagged


def _untagged_of(user: Any) -> Any:
    """Return the PDFs without tags that ``user`` may replace."""
    documents = permission_policy.instances_user_has_permission_for(user, "change")
    return untagged(documents).order_by("-created_at", "pk")


def _edit(document: Any) -> str:
    return reverse("wagtaildocs:edit", args=[document.pk])


class UntaggedDocumentsView(ReportView):
    """Lists the documents, the newest first."""

    model = Document
    permission_policy = permission_policy
    permission_required = "change"
    page_title = _("PDFs without tags")
    header_icon = "doc-full-inverse"
    index_url_name = "untagged_documents"
    index_results_url_name = "untagged_documents_results"
    columns = [
        TitleColumn("title", label=_("Title"), get_url=_edit),
        Column("filename", label=_("File")),
        DateColumn("created_at", label=_("Created")),
    ]

    def get_queryset(self) -> Any:
        return _untagged_of(self.request.user)


class UntaggedDocumentsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(permission_policy.user_has_permission(request.user, "change"))


menu_item = UntaggedDocumentsMenuItem(
    UntaggedDocumentsView.page_title,
    reverse_lazy("untagged_documents"),
    icon_name=UntaggedDocumentsView.header_icon,
    order=1012,
)


def urlpatterns() -> list[URLPattern]:
    view = UntaggedDocumentsView
    return [
        path("reports/documents/", view.as_view(), name=view.index_url_name),
        path(
            "reports/documents/results/",
            view.as_view(results_only=True),
            name=view.index_results_url_name,
        ),
    ]


def untagged_tasks(request: HttpRequest) -> Iterator[Task]:
    """Yield how many PDFs have no tags."""
    if not permission_policy.user_has_permission(request.user, "change"):
        return
    documents = _untagged_of(request.user)
    if count := documents.count():
        sentence = ngettext(
            "%(count)d PDF has no tags for screen readers.",
            "%(count)d PDFs have no tags for screen readers.",
            count,
        )
        items = [(each.title, _edit(each)) for each in documents[:ITEMS_SHOWN]]
        url = reverse(UntaggedDocumentsView.index_url_name)
        yield Task(sentence % {"count": count}, items, url)
