"""The admin's page from which an application is entered, and gone on with."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from applications.admissions.recording import RecordedMixin
from applications.admissions.rights import Right, forms_where, is_granted
from applications.applying.entered import finding
from applications.applying.steps.drafts import typed_in
from applications.applying.steps.route import Route
from applications.applying.steps.stepping import to
from applications.definitions import is_in_steps
from applications.entering.forms import EntryForm
from applications.models.drafts import Draft
from core.encryption import EncryptionError
from core.views.private import keep_private


class EnteringMixin(UserPassesTestMixin):
    """For those who decide about the applications of any form."""

    request: HttpRequest
    raise_exception = True

    def test_func(self) -> bool:
        return is_granted(self.request.user, Right.DECIDE)


class EnterView(
    RecordedMixin, EnteringMixin, WagtailAdminTemplateMixin, FormView[EntryForm]
):
    """Asks how it came, and opens the form; lists what the person has not finished."""

    template_name = "applications/admin/enter.html"
    form_class = EntryForm
    page_title = _("Enter an application")
    header_icon = "edit"
    _show_breadcrumbs = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return keep_private(super().get(request, *args, **kwargs))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["unfinished"] = list(_unfinished(self.request))
        return context

    def form_valid(self, form: EntryForm) -> HttpResponse:
        chosen = dict(form.cleaned_data)
        definition = chosen.pop("form").latest_definition
        try:
            entry, secret = finding.begin(definition, self.request.user, **chosen)
        except EncryptionError as error:
            messages.error(self.request, error.sentence)
            return self.form_invalid(form)
        return _lead_to_form(self.request, entry, secret)


class GoOnView(EnteringMixin, View):
    """Goes on in this browser with what the person has begun, or deletes it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        entry = get_object_or_404(_unfinished(request), pk=pk)
        if "delete" in request.POST:
            entry.delete()
            messages.success(request, gettext("Deleted. Nothing of it was stored."))
            return redirect("application:enter")
        return _lead_to_form(request, entry, finding.new_secret(entry))


def _unfinished(request: HttpRequest) -> Any:
    forms = forms_where(request.user, Right.DECIDE).values("pk")
    return finding.of(request.user).filter(definition__page__in=forms)


def _lead_to_form(request: HttpRequest, entry: Draft, secret: str) -> HttpResponse:
    page, content = entry.definition.page, entry.definition.content
    address = ""
    if is_in_steps(content):
        try:
            address = Route(content, typed_in(entry)).next_address
        except EncryptionError as error:
            messages.error(request, error.sentence)
            return redirect("application:enter")
    response = to(page, request, address)
    finding.remember(response, page.get_url_parts(request)[2], secret)
    return response
