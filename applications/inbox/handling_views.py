"""Admin views that say who works on an application, and until when."""

from datetime import date
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from applications.admissions.rights import Right, allowed
from applications.inbox.assigning import give, readers_of, set_due
from applications.inbox.refusals import NoDay
from applications.inbox.views import HandlingView, seen_version
from applications.models.applications import Application
from core.views.private import keep_private


class GiveView(HandlingView):
    """Gives an application to a colleague, to oneself, or to nobody."""

    fields = ("to",)

    def act(self, request: HttpRequest, application: Application) -> None:
        user = self._user(request, application)
        if user is None and request.POST.get("to"):
            raise BadRequest(gettext("This colleague may not read it."))
        give(application, user, by=request.user, seen_version=seen_version(request))

    def wanted(self, request: HttpRequest, application: Application) -> str:
        user = self._user(request, application)
        if user is None:
            return gettext("Give it to nobody.")
        return gettext("Give it to {name}.").format(name=get_user_display_name(user))

    def is_so(self, request: HttpRequest, current: Application) -> bool:
        return str(current.assignee_id or "") == request.POST.get("to", "")

    def said(self, request: HttpRequest, current: Application) -> str:
        if current.assignee is None:
            sentence = gettext("{application} is now with nobody.")
            return sentence.format(application=current)
        name = get_user_display_name(current.assignee)
        sentence = gettext("{application} is now with {name}.")
        return sentence.format(application=current, name=name)

    def _user(self, request: HttpRequest, application: Application) -> Any:
        to = request.POST.get("to", "")
        readers = readers_of(application.definition.page) if to else []
        return next((user for user in readers if str(user.pk) == to), None)


class GiveToView(WagtailAdminTemplateMixin, TemplateView):
    """Lists the colleagues whom an application can be given to."""

    template_name = "applications/admin/give.html"
    header_icon = "user"
    page_title = _("Give to")
    model = Application

    @cached_property
    def application(self) -> Application:
        decided = allowed(self.request.user, Right.DECIDE)
        return get_object_or_404(
            decided.select_related("definition__page"), pk=self.kwargs["pk"]
        )

    def get_page_subtitle(self) -> str:
        return str(self.application)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["application"] = self.application
        context["readers"] = [
            (user, get_user_display_name(user))
            for user in readers_of(self.application.definition.page)
        ]
        context["url"] = reverse("application:give", args=[self.application.pk])
        return context

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return keep_private(super().get(request, *args, **kwargs))


class DueView(HandlingView):
    """Sets the day by which an application is to be done."""

    fields = ("due",)

    def act(self, request: HttpRequest, application: Application) -> None:
        day = _typed_day(request)
        set_due(application, day, by=request.user, seen_version=seen_version(request))

    def wanted(self, request: HttpRequest, application: Application) -> str:
        day = _typed_day(request)
        if day is None:
            return gettext("Make it due on no day.")
        date = date_format(day, "DATE_FORMAT")
        return gettext("Make it due on {date}.").format(date=date)

    def is_so(self, request: HttpRequest, current: Application) -> bool:
        return current.due_on == _typed_day(request)

    def said(self, request: HttpRequest, current: Application) -> str:
        if current.due_on is None:
            sentence = gettext("{application} is due on no day.")
            return sentence.format(application=current)
        date = date_format(current.due_on, "DATE_FORMAT")
        sentence = gettext("{application} is due on {date}.")
        return sentence.format(application=current, date=date)


def _typed_day(request: HttpRequest) -> date | None:
    """Return the day that was posted, None for none.

    Raises:
        NoDay: It is none, which only an old browser lets anybody type.
    """
    typed = request.POST.get("due", "").strip()
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise NoDay(typed) from None
