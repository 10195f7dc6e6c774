"""The admin's pages on which a form's states are changed."""

from typing import Any, ClassVar

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from applications.admissions.recording import tell_of_keys
from applications.admissions.rights import Right, forms_where
from applications.inbox.form_settings import state_forms
from applications.inbox.form_settings.second_reader import NUMBERS, ask_for, readers_of
from applications.models.decisions import READERS
from applications.models.pages import ApplicationFormPage
from core.encryption import KeysUnusableError

PERMISSION = "applications.change_applicationstate"
# Beside it, to ask for a second reader.
RIGHTS = "applications.manage_rights"


class _StatesPage(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    header_icon = "tasks"
    page_title = _("States")
    _show_breadcrumbs = True
    permission_required = PERMISSION
    raise_exception = True

    def forms(self) -> Any:
        return forms_where(self.request.user, Right.DECIDE).order_by("title")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("application:index"), "label": gettext("Applications")},
            {"url": "", "label": self.get_page_title()},
        ]


class StateFormsView(_StatesPage):
    """Lists the forms whose states somebody may change."""

    template_name = "applications/admin/state_forms.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "forms": self.forms()}


class StatesView(_StatesPage):
    """Changes the states of one form, all at once."""

    template_name = "applications/admin/states.html"
    model: ClassVar[Any] = ApplicationFormPage

    @cached_property
    def form_page(self) -> ApplicationFormPage:
        return get_object_or_404(self.forms(), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return gettext("States: {form}").format(form=self.form_page.title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["needs_two"] = readers_of(self.form_page) == READERS
        context["may_ask_for_readers"] = self.request.user.has_perm(RIGHTS)
        context["seen"] = state_forms.digest_of(self.form_page)
        context["has_own"] = state_forms.rows_of(self.form_page).exists()
        context.setdefault("rows", state_forms.formset_of(self.form_page))
        return context

    def _ask_for_readers(self, request: HttpRequest) -> HttpResponse:
        # It says who may decide, as the rights do.
        if not request.user.has_perm(RIGHTS):
            raise PermissionDenied
        if number := NUMBERS.get(request.POST["readers"]):
            try:
                ask_for(self.form_page, number, by=request.user)
            except KeysUnusableError as error:
                tell_of_keys(request, error)
        return redirect(request.path)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if "readers" in request.POST:
            return self._ask_for_readers(request)
        if "usual" in request.POST:
            if state_forms.begin_with_the_usual(self.form_page):
                self._record(request)
            return redirect(request.path)
        with transaction.atomic():
            pages = ApplicationFormPage.objects.select_for_update(of=("self",))
            pages.get(pk=self.form_page.pk)
            # Locked, so that nothing comes into one that is taken away.
            list(state_forms.rows_of(self.form_page).select_for_update())
            rows = state_forms.formset_of(self.form_page, request.POST)
            seen = state_forms.digest_of(self.form_page)
            is_current = request.POST.get(state_forms.SEEN) == seen
            if is_current and rows.is_valid():
                state_forms.save(self.form_page, rows)
                self._record(request)
                messages.success(request, gettext("The states were saved."))
                return redirect(request.path)
        messages.error(
            request,
            gettext("Nothing was saved: see below.")
            if is_current
            else gettext(
                "Nothing was saved: somebody has changed the states meanwhile. Compare "
                "yours, below, with theirs in another tab, and save again."
            ),
        )
        context = self.get_context_data(rows=rows)
        return self.render_to_response(context, status=422)

    def _record(self, request: HttpRequest) -> None:
        log(instance=self.form_page, action="applications.states", user=request.user)
