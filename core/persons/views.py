"""The admin's pages on which somebody is found, exported and erased."""

from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.encryption import EncryptionError, KeysUnusableError
from core.models.person_requests import PersonRequest
from core.persons.erasing import (
    EXPORTED,
    ask_for_erasure,
    found,
    log,
    open_request,
    person_of,
)
from core.persons.exporting import export
from core.persons.forms import EraseForm, FindForm
from core.persons.person import Person
from core.persons.registry import kind_of
from core.persons.tasks import erase_person
from core.tasks import enqueue

PERMISSION = "core.erase_person"
_MOST = 50  # receipts on one page; the newest
_AGAIN = 5  # seconds after which a page that shows progress is asked for again


@method_decorator(never_cache, name="dispatch")
class _PersonMixin(PermissionRequiredMixin, WagtailAdminTemplateMixin):
    header_icon = "user"
    _show_breadcrumbs = True
    permission_required = PERMISSION
    raise_exception = True
    page_title: Any

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    @cached_property
    def about(self) -> PersonRequest:
        requests = PersonRequest.objects.select_related("opened_by")
        found: PersonRequest = get_object_or_404(
            requests,
            pk=self.kwargs["pk"],
        )
        return found

    @cached_property
    def person(self) -> Person | None:
        """Whom it is about; None once that is forgotten, or while a key is missing."""
        try:
            return person_of(self.about)
        except EncryptionError:
            return None


class FindPersonView(_PersonMixin, FormView[FindForm]):
    """Asks whom to look for, and lists what was asked before."""

    template_name = "core/persons/find.html"
    form_class = FindForm
    page_title = _("Find, export or erase a person")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        requests = PersonRequest.objects.select_related("opened_by")
        return super().get_context_data(requests=requests[:_MOST], **kwargs)

    def form_valid(self, form: FindForm) -> HttpResponse:
        who, reason = form.cleaned_data["who"], form.cleaned_data["reason"]
        try:
            request = open_request(who, reason, self.request.user)
        except KeysUnusableError as error:
            form.add_error(None, str(error.sentence))
            return self.form_invalid(form)
        return redirect("person_request", request.pk)


class PersonRequestView(_PersonMixin, TemplateView):
    """Shows what there is, then how far erasing is, then the receipt."""

    template_name = "core/persons/request.html"

    @property
    def page_title(self) -> str:
        return str(self.about)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person, about = self.person, self.about
        # While it runs, this page is asked for again and again.
        is_shown = person and (about.waits_for_hands or not about.is_running)
        return super().get_context_data(
            about=about,
            kinds=found(person, about) if person and is_shown else [],
            is_forgotten=person is None,
            erased=_named(self.about.counts),
            **kwargs,
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().get(request, *args, **kwargs)
        if self.about.is_running and not self.about.waits_for_hands:
            response.headers["Refresh"] = str(_AGAIN)
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer with everything that is known, once that is recorded."""
        person = self.person
        if person is None:
            messages.error(request, gettext("Whom it is about is no longer known."))
            return redirect("person_request", self.about.pk)
        try:
            log(self.about, EXPORTED, request.user)
        except KeysUnusableError as error:
            messages.error(request, str(error.sentence))
            return redirect("person_request", self.about.pk)
        return StreamingHttpResponse(
            export(person),
            content_type="application/zip",
            headers={
                "Content-Disposition": f'attachment; filename="{self.about.number}.zip"'
            },
        )


class ErasePersonView(_PersonMixin, FormView[EraseForm]):
    """Asks again, and has the worker erase."""

    template_name = "core/persons/erase.html"
    form_class = EraseForm
    page_title = _("Erase this person")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.about.erasure_asked_at or self.person is None:
            return redirect("person_request", self.about.pk)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = found(self.person, self.about) if self.person else []
        return super().get_context_data(about=self.about, kinds=kinds, **kwargs)

    def form_valid(self, form: EraseForm) -> HttpResponse:
        try:
            # Together: whoever has asked need not ask again, whatever is killed.
            with transaction.atomic():
                if ask_for_erasure(self.about, self.request.user):
                    enqueue(erase_person, str(self.about.pk))
        except KeysUnusableError as error:
            form.add_error(None, str(error.sentence))
            return self.form_invalid(form)
        return redirect("person_request", self.about.pk)


class PersonsMenuItem(MenuItem):
    def __init__(self) -> None:
        super().__init__(
            FindPersonView.page_title,
            reverse("persons"),
            icon_name=FindPersonView.header_icon,
            order=1020,
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(PERMISSION))


def _named(counts: dict[str, int]) -> list[tuple[str, int]]:
    """Return counts with the names of kinds, for as long as there are such kinds."""
    kinds = {code: kind_of(code) for code in counts}
    return [
        (str(kind.name) if (kind := kinds[code]) else code, number)
        for code, number in sorted(counts.items())
    ]
