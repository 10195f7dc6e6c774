"""What the imports in the admin share: reading ticks, cancelling."""

from typing import Any

from django.db import OperationalError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import TemplateView
from wagtail.admin import messages

from core.importing.models import WaitingImport


def numbers(request: HttpRequest, name: str) -> set[int]:
    """Return the numbers of rows that were sent under ``name``."""
    return {int(n) for n in request.POST.getlist(name) if n.isdecimal() and len(n) < 9}


class CancelImportView(TemplateView):
    """Throws an upload away, or stops an import that is under way.

    A browser leaves a page with the first byte of the next. So this answers at once;
    the server notices that nobody reads the progress any more, and rolls back. What is
    fetched next waits for that, and says what has become of the import.
    """

    template_name = "core/importing/stopping.html"
    model: type[WaitingImport]
    preview: str  # the name of the preview's address
    list_url: Any

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "left" not in request.GET:
            response = super().get(request, *args, **kwargs)
            response["Refresh"] = f"1; url={request.path}?left=1"
            return response
        try:
            with transaction.atomic():
                done = self._mine().select_for_update().get().result is not None
        except OperationalError:
            messages.warning(request, "The import is still under way. Look again here.")
        except self.model.DoesNotExist:
            raise Http404("This import is gone.") from None
        else:
            if done:
                messages.warning(request, "It had ended before you cancelled it.")
            else:
                messages.success(request, "Cancelled. Nothing was stored.")
        return redirect(self.preview, self.kwargs["uuid"])

    def post(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        after = self.list_url  # which may ask what is deleted now
        self._mine().filter(result__isnull=True).delete()
        messages.success(request, "Nothing was imported.")
        return redirect(after)

    def _mine(self) -> Any:
        mine: Any = self.model._default_manager
        return mine.of(self.request.user).filter(pk=self.kwargs["uuid"])
