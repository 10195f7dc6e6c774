"""Exports references from the admin."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import EditView

from evidence.formats.writers import WRITERS
from evidence.models import Reference


def download(references: Iterable[Reference], name: str) -> StreamingHttpResponse:
    """Return a streamed file of ``references``."""
    writer = WRITERS[name]
    file_name = f"references.{writer.extension}"
    return StreamingHttpResponse(
        writer.write(references),
        content_type=f"{writer.content_type}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file_name}"'},
    )


def export_reference(request: HttpRequest, pk: int, name: str) -> StreamingHttpResponse:
    """Download one reference."""
    policy = ModelPermissionPolicy(Reference)
    if not policy.user_has_any_permission(request.user, ["add", "change", "view"]):
        raise PermissionDenied
    if name not in WRITERS:
        raise Http404("There is no such format.")
    return download([get_object_or_404(Reference.objects.unmerged(), pk=pk)], name)


class ExportedListMixin:
    """Exports the list as filtered and searched."""

    # In place of Wagtail's spreadsheets.
    FORMATS = tuple(WRITERS)

    def as_spreadsheet(self, queryset: Any, name: str) -> StreamingHttpResponse:
        # The results of a search know no iterator.
        found = queryset.iterator() if hasattr(queryset, "iterator") else queryset
        return download(found, name)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_more_buttons  # type: ignore[misc]
        return [
            *buttons,
            *(
                Button(
                    _("Export as {label}").format(label=writer.label),
                    url=self.get_export_url(name),  # type: ignore[attr-defined]
                    icon_name="download",
                    priority=80,
                )
                for name, writer in WRITERS.items()
            ),
        ]


class ReferenceEditView(EditView):
    """The edit view of a reference, with downloads."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_more_buttons
        return [
            *buttons,
            *(
                Button(
                    _("Export as {label}").format(label=writer.label),
                    url=reverse("reference_export", args=[self.object.pk, name]),
                    icon_name="download",
                    priority=80,
                )
                for name, writer in WRITERS.items()
            ),
        ]
