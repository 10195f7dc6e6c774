"""The steps of an import in the admin: upload, preview, progress, result, cancel.

An app subclasses `ImportView` once, saying who may import and where the imported
records are listed, and mixes that into the views of the steps.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import OperationalError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.importing.models import WaitingImport
from core.importing.progress import Work, carried_out, streamed


class ImportView(WagtailAdminTemplateMixin):
    """The base class of all steps.

    Attributes:
        model: The app's model of pending imports.
        name: The name of the upload's address; the other steps' begin with it.
    """

    model: ClassVar[type[WaitingImport]]
    name: ClassVar[str]
    header_icon = "upload"
    _show_breadcrumbs = True
    request: HttpRequest
    kwargs: dict[str, Any]

    def may_import(self) -> bool:
        raise NotImplementedError

    @property
    def list_url(self) -> str:
        raise NotImplementedError

    @property
    def list_label(self) -> str:
        raise NotImplementedError

    @property
    def upload_url(self) -> str:
        return reverse(self.name)

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if not self.may_import():
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    @cached_property
    def waiting(self) -> Any:
        imports: Any = self.model._default_manager
        return get_object_or_404(imports.of(self.request.user), pk=self.kwargs["uuid"])

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {"url": self.list_url, "label": self.list_label},
            {"url": "", "label": str(self.page_title)},
        ]


class ImportPreviewView(ImportView, TemplateView):
    """Shows the plan, remembers the ticks, and carries it out.

    Attributes:
        kinds: What the rows can be narrowed down to, by their action, and its label;
            "" for all of them.
        rows_per_page: How many are shown together.
    """

    template_folder: ClassVar[str]
    kinds: ClassVar[Mapping[str, Any]]
    rows_per_page: ClassVar[int]

    @property
    def page_subtitle(self) -> str:
        return _("Preview")

    def as_shown(self, rows: Sequence[Any]) -> Sequence[Any]:
        """Return rows of the plan for the template."""
        raise NotImplementedError

    def carry_out(self, waiting: Any, rows: list[Any]) -> Work:
        """Carry out the ticked rows, within `core.importing.progress`'s transaction."""
        raise NotImplementedError

    def finish(self, waiting: Any, rows: list[Any], result: Any) -> None:
        """Store the result, and the rows that the result page prints."""
        raise NotImplementedError

    def ticks(self, shown: set[int]) -> dict[str, list[int]]:
        """Return the field values that record the ticks.

        Args:
            shown: The numbers of the rows that were on the page that was sent.
        """
        left_out = set(self.waiting.left_out) - shown
        return {"left_out": sorted(left_out | shown - self.numbers("take"))}

    def numbers(self, name: str) -> set[int]:
        """Return the row numbers posted under ``name``."""
        sent = self.request.POST.getlist(name)
        return {
            int(number) for number in sent if number.isdecimal() and len(number) < 9
        }

    @cached_property
    def rows(self) -> list[Any]:
        return self.waiting.plan()

    @property
    def address(self) -> str:
        return reverse(f"{self.name}_preview", args=[self.waiting.pk])

    def get_template_names(self) -> list[str]:
        done = self.waiting.result is not None
        return [f"{self.template_folder}/{'result' if done else 'preview'}.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        show = self._kind(self.request.GET.get("show", ""))
        rows = [row for row in self.rows if show in ("", row.action)]
        page = Paginator(rows, self.rows_per_page).get_page(self.request.GET.get("p"))
        left_out = set(self.waiting.left_out)
        counts = {
            kind: sum(kind in ("", row.action) for row in self.rows)
            for kind in self.kinds
        }
        return context | {
            "waiting": self.waiting,
            "list_url": self.list_url,
            "upload_url": self.upload_url,
            "cancel_url": reverse(f"{self.name}_cancel", args=[self.waiting.pk]),
            "page_obj": page,
            "shown": self.as_shown(list(page)),
            "show": show,
            "kinds": [
                (kind, label, counts[kind])
                for kind, label in self.kinds.items()
                if counts[kind]
            ],
            "ticked": sum(
                row.decides and row.number not in left_out for row in self.rows
            ),
            "notice": self.waiting.told_once(),
        }

    def post(self, request: HttpRequest, uuid: Any) -> HttpResponseBase:
        if self.waiting.result is not None:
            return redirect(self.address)
        # Thrown away in another window, it stays away.
        imports: Any = self.model._default_manager
        ticks = self.ticks(self.numbers("shown"))
        imports.filter(pk=self.waiting.pk).update(**ticks)
        if "confirm" in request.POST:
            return self._progress()
        show, _colon, number = request.POST.get("go", "").partition(":")
        number = number if number.isdecimal() else "1"
        return redirect(f"{self.address}?show={self._kind(show)}&p={number}")

    def _kind(self, name: str) -> str:
        return name if name in self.kinds else ""

    def _progress(self) -> HttpResponseBase:
        lines = carried_out(self.waiting, self.address, self.carry_out, self.finish)
        context = {
            "waiting": self.waiting,
            "cancel_url": reverse(f"{self.name}_cancel", args=[self.waiting.pk]),
            "header_title": self.page_title,
            "page_title": self.page_title,
            "header_icon": self.header_icon,
            "breadcrumbs_items": [{"url": self.list_url, "label": self.list_label}],
        }
        return streamed(self.request, "core/importing/progress.html", context, lines)


class CancelImportView(ImportView, TemplateView):
    """Deletes an upload, or stops a running import.

    A browser leaves a page with the first byte of the next. So this answers at once;
    the server notices that nobody reads the progress any more, and rolls back. What is
    fetched next waits for that, and says what has become of the import.
    """

    template_name = "core/importing/stopping.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "left" not in request.GET:
            response = super().get(request, *args, **kwargs)
            response["Refresh"] = f"1; url={request.path}?left=1"
            return response
        try:
            with transaction.atomic():
                done = self._mine().select_for_update().get().result is not None
        except OperationalError:
            messages.warning(
                request, _("The import is still running. Look again here.")
            )
        except self.model.DoesNotExist:
            raise Http404("This import is gone.") from None
        else:
            if done:
                messages.warning(
                    request, _("The import ended before you cancelled it.")
                )
            else:
                messages.success(request, _("Cancelled. Nothing was stored."))
        return redirect(f"{self.name}_preview", self.kwargs["uuid"])

    def post(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        after = self.list_url  # which may ask what is deleted now
        self._mine().filter(result__isnull=True).delete()
        messages.success(request, _("Nothing was imported."))
        return redirect(after)

    def _mine(self) -> Any:
        mine: Any = self.model._default_manager
        return mine.of(self.request.user).filter(pk=self.kwargs["uuid"])
