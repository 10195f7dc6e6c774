"""Choosers of references, for fields and for citations."""

from typing import Any

from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChosenView,
    SnippetCreateView,
)

from core.admin.choosers import ForWritersMixin, LibraryChooserViewSet
from evidence.admin.forms import LocatorForm
from evidence.citing import labels
from evidence.models import Reference


class CitingMixin:
    """Asks for a locator when a reference is chosen for a citation.

    The rich-text editor opens the chooser with ``?cite=1``; a field does not.
    """

    request: HttpRequest

    def get_chosen_response(self, item: Reference) -> HttpResponse:
        if "cite" not in self.request.GET:
            response: HttpResponse = super().get_chosen_response(item)  # type: ignore[misc]
            return response
        form = LocatorForm(initial={"locator": self.request.GET.get("locator", "")})
        return self.locator_step(item, form)

    def locator_step(self, item: Reference, form: LocatorForm) -> HttpResponse:
        chosen = reverse("reference_chooser:chosen", args=[item.pk])
        response: HttpResponse = render_modal_workflow(
            self.request,
            "evidence/chooser/locator.html",
            None,
            {
                "reference": item,
                "form": form,
                "action": f"{chosen}?cite=1",
                "another": _choose_url(),
            },
            json_data={"step": "locator"},
        )
        return response


class ReferenceChosenView(ForWritersMixin, CitingMixin, SnippetChosenView):
    """Answers with the chosen reference, and for a citation with its locator."""

    def get(self, request: HttpRequest, pk: str) -> HttpResponse:
        item = self._item(pk)
        if item is not None:
            return self.get_chosen_response(item)
        if "cite" in request.GET:  # the citation being edited is dangling
            return redirect(_choose_url())
        raise Http404("There is no such reference.")

    def post(self, request: HttpRequest, pk: str) -> HttpResponse:
        item = self._item(pk)
        if item is None:
            return redirect(_choose_url())
        form = LocatorForm(request.POST)
        if not form.is_valid():
            return self.locator_step(item, form)
        locator = form.cleaned_data["locator"]
        label = labels.visible(item.pk, locator)
        chosen = {"id": str(item.pk), "locator": locator, "label": label}
        response: HttpResponse = render_modal_workflow(
            self.request,
            None,
            None,
            json_data={"step": self.chosen_response_name, "result": chosen},
        )
        return response

    def _item(self, pk: str) -> Reference | None:
        if not pk.isdecimal():
            return None
        found = Reference.objects.filter(pk=pk).select_related("merged_into").first()
        return found and (found.merged_into or found)


def _choose_url() -> str:
    return reverse("reference_chooser:choose") + "?cite=1"


class CreatingMixin:
    """Prefixes the form's fields, since the page's form has a title, too."""

    def get_creation_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_creation_form_kwargs()  # type: ignore[misc]
        return kwargs | {"auto_id": "id_new_reference_%s"}


class ReferenceCreateView(CitingMixin, CreatingMixin, SnippetCreateView):
    """Creates a reference in the chooser."""

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            response: HttpResponse = super().post(request)
        except IntegrityError:  # its DOI was stored between our look and our writing
            self.form.full_clean()
            response = self.get_reshow_creation_form_response()
        return response

    def save_form(self, form: Any) -> Any:
        with transaction.atomic():
            return super().save_form(form)


class OfferedMixin(CreatingMixin):
    """Offers unmerged references only."""

    def get_object_list(self) -> Any:
        return super().get_object_list().unmerged()  # type: ignore[misc]


class ReferenceChooseView(ForWritersMixin, OfferedMixin, ChooseView):
    """The chooser as it opens."""


class ReferenceChooseResultsView(ForWritersMixin, OfferedMixin, ChooseResultsView):
    """The chooser's search results."""


class ReferenceChooserViewSet(LibraryChooserViewSet):
    """Chooses references, or creates new ones."""

    choose_view_class = ReferenceChooseView
    choose_results_view_class = ReferenceChooseResultsView
    preserve_url_parameters: Any = ["multiple", "cite"]
    chosen_view_class = ReferenceChosenView
    create_view_class = ReferenceCreateView
    creation_form_class = "evidence.admin.forms.ReferenceCreationForm"
    creation_tab_label = _("New reference")
    create_action_label = _("Add to the library")
    page_title = _("Choose")
