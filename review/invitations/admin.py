"""The admin's page of a page's invitations: sends them, ends them, sends them again."""

import uuid
from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.models import Page, TaskState

from core.encryption import EncryptionError, KeysUnusableError
from review.four_eyes import INVITE, may_invite
from review.invitations.forms import InviteForm
from review.invitations.mailing import end, invite
from review.models.invitations import Invitation
from review.models.tasks import MedicalReviewTask


def review_waiting(page: Any) -> TaskState | None:
    """Return the step of a medical review at which ``page`` waits, None elsewhere."""
    state: TaskState | None = page.current_workflow_task_state
    if state is None or state.status != TaskState.STATUS_IN_PROGRESS:
        return None
    return state if isinstance(state.task.specific, MedicalReviewTask) else None


@method_decorator(never_cache, name="dispatch")
class InvitationsView(WagtailAdminTemplateMixin, TemplateView):
    """Who was invited to review a page, and what came of it."""

    template_name = "review/admin/invitations.html"
    header_icon = "mail"
    page_title = _("Invite a reviewer")
    _show_breadcrumbs = True

    @cached_property
    def page(self) -> Any:
        return get_object_or_404(Page, pk=self.kwargs["pk"]).specific

    @cached_property
    def waiting(self) -> TaskState | None:
        return review_waiting(self.page)

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if not request.user.has_perm(INVITE) or not may_invite(request.user, self.page):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = {
            "url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
            "label": self.page.get_admin_display_title(),
        }
        return [*self.breadcrumbs_items, edit, {"url": "", "label": self.page_title}]

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None)
        invitations = Invitation.objects.of(self.page).select_related(
            "person", "invited_by", "task_state"
        )
        return {
            **super().get_context_data(**kwargs),
            "invitations": invitations,
            "form": (form or self._form()) if self.waiting else None,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        match request.POST.get("act"):
            case "invite" if self.waiting:
                return self._invite(self._form(request.POST))
            case "again" if self.waiting:
                return self._send_again()
            case "end":
                if invitation := self._chosen():
                    end(invitation, request.user)
                    messages.success(
                        request, gettext("The link leads nowhere any more.")
                    )
        return self._back()

    def _form(self, data: Any = None) -> InviteForm:
        draft = self.page.get_latest_revision_as_object()
        return InviteForm(data, page=draft, user=self.request.user)

    def _chosen(self) -> Invitation | None:
        with suppress(ValueError):
            key = uuid.UUID(self.request.POST.get("invitation", ""))
            return Invitation.objects.usable().filter(page=self.page, pk=key).first()
        return None

    def _send_again(self) -> HttpResponse:
        """Invite the same person anew, to the page as it is now."""
        invitation = self._chosen()
        if invitation is None:
            return self._back()
        try:
            known = {"person": invitation.person_id, "email": str(invitation.email)}
        except EncryptionError:
            known = {"person": invitation.person_id, "email": ""}
        return self._invite(self._form(known))

    def _invite(self, form: InviteForm) -> HttpResponse:
        if not form.is_valid():
            messages.error(
                self.request, gettext("The invitation was not sent. See below why.")
            )
            return self.render_to_response(self.get_context_data(form=form), status=422)
        person, email = form.cleaned_data["person"], form.cleaned_data["email"]
        try:
            invite(self.page, self.waiting, person, email, self.request.user)
        except KeysUnusableError as error:
            messages.error(self.request, str(error.sentence))
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(
            self.request,
            gettext("The invitation is on its way to {name}.").format(
                name=person.title
            ),
        )
        return self._back()

    def _back(self) -> HttpResponse:
        return redirect("review_invitations", self.page.pk)


def invitation_urls() -> list[URLPattern]:
    return [
        path(
            "reviews/<int:pk>/invitations/",
            InvitationsView.as_view(),
            name="review_invitations",
        )
    ]


def invite_button(page: Any, user: Any, **kwargs: Any) -> list[Button]:
    """Return what leads from a page in review to its invitations."""
    if not user.has_perm(INVITE) or review_waiting(page) is None:
        return []
    if not may_invite(user, page):
        return []
    url = reverse("review_invitations", args=[page.pk])
    return [Button(_("Invite a reviewer"), url=url, icon_name="mail", priority=15)]
