"""The admin's queue of what applicants found hard."""

from typing import Any
from uuid import UUID

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from applications.admissions.rights import Right, forms_where
from applications.models.feedback import Feedback
from core.encryption import EncryptionError
from core.views.private import keep_private
from users.models import User

VIEW, CHANGE = "applications.view_feedback", "applications.change_feedback"
_MOST = 50  # on one page
Status = Feedback.Status


def read_by(user: User | AnonymousUser) -> "QuerySet[Feedback]":
    """Return what was said about the forms that somebody reads."""
    if not user.has_perm(VIEW):
        return Feedback.objects.none()
    return Feedback.objects.filter(form__in=forms_where(user, Right.READ).values("pk"))


class FeedbackView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """Lists what is new, or done, and moves one from there to here."""

    template_name = "applications/admin/feedback.html"
    page_title = _("What applicants found hard")
    header_icon = "comment"
    _show_breadcrumbs = True
    permission_required = VIEW
    raise_exception = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return keep_private(super().get(request, *args, **kwargs))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        status = self._status(self.request.GET.get("status", ""))
        entries = read_by(self.request.user).filter(status=status)
        paginator = Paginator(entries.select_related("form"), _MOST)
        page = paginator.get_page(self.request.GET.get("p"))
        return {
            **super().get_context_data(**kwargs),
            "page": page,
            "entries": [_shown(entry) for entry in page],
            "status": status,
            "statuses": Status,
            "address": f"{reverse('form_feedback')}?status={status}",
            "may_change": self.request.user.has_perm(CHANGE),
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        status = request.POST.get("status", "")
        if status not in Status.values:
            return HttpResponseBadRequest(gettext("This status does not exist."))
        try:
            pk = UUID(request.POST.get("pk", ""))
        except ValueError:
            raise Http404("There is no such entry.") from None
        entry = get_object_or_404(read_by(request.user), pk=pk)
        Feedback.objects.filter(pk=entry.pk).update(status=status)
        is_done = status == Status.DONE
        marked = gettext("Marked as done.") if is_done else gettext("Marked as new.")
        messages.success(request, marked)
        return redirect(f"{reverse('form_feedback')}?status={entry.status}")

    def _status(self, text: str) -> str:
        return text if text in Status.values else Status.NEW


class FeedbackMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(VIEW)


def _shown(entry: Feedback) -> dict[str, Any]:
    """Return ``{"entry", "text" or "problem"}``: a lost key hides no other."""
    try:
        return {"entry": entry, "text": entry.text}
    except EncryptionError as error:
        return {"entry": entry, "problem": error.sentence}
