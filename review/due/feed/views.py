"""Answers calendars, and lets everybody make, renew and end their own address."""

from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.due.registry import DueItem, Span, find
from review.due.feed.icalendar import Event, calendar
from review.due.listing import for_staff
from review.models.due import CalendarAddress
from users.limits import Limit, is_within
from users.preferences import speaking_to

# Calendars of many colleagues may ask from one address, some every few minutes.
VISITS = Limit("due-calendars", 240, 10 * 60)
AHEAD = timedelta(days=366)
_SHOWN = "due_address_to_be_shown"  # in the session, until it was
# For records that do not say when they changed: any moment that stays the same.
_LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@require_safe
@sensitive_variables("token")
def due_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Answer with what the address's owner may see now, as a calendar."""
    if not is_within(request, VISITS):
        return _private(
            HttpResponse(
                gettext("Too many calendars ask from your network. Wait ten minutes."),
                content_type="text/plain; charset=utf-8",
                status=429,
                headers={"Retry-After": str(VISITS.seconds)},
            )
        )
    address = CalendarAddress.objects.with_token(token)
    if address is None or not _may_read(address.user):
        raise Http404
    with speaking_to(address.user):
        content = _content(address.user)
    etag = f'"{sha256(content).hexdigest()}"'
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["ETag"] = etag
    response.headers["Content-Disposition"] = 'inline; filename="due.ics"'
    answer: Any = get_conditional_response(request, etag=etag, response=response)
    return _private(answer)


def _may_read(user: Any) -> bool:
    return bool(user.is_active and user.has_perm("wagtailadmin.access_admin"))


def _content(user: Any) -> bytes:
    """Return the calendar of ``user``, in the active language and time zone."""
    today = timezone.localdate()
    found = find(user, Span.within(None, today + AHEAD))
    events = [_event(item) for item in found.items]
    if found.cut:
        events.append(_more(today))
    name = gettext("{site}: what is due").format(site=settings.WAGTAIL_SITE_NAME)
    return calendar(name, f"-//{_host()}//due//EN", events)


def _event(item: DueItem) -> Event:
    title = item.discreet_title or item.title
    url = urljoin(settings.WAGTAILADMIN_BASE_URL, item.url)
    return Event(
        uid=f"{item.uid}@{_host()}",
        when=item.when,
        summary=f"{item.kind.name}: {title}",
        description=url,
        url=url,
        changed_at=item.changed_at or _LONG_AGO,
    )


def _more(today: date) -> Event:
    """Return an entry of today that says that not all is here."""
    report = urljoin(settings.WAGTAILADMIN_BASE_URL, reverse("due_report"))
    return Event(
        uid=f"more@{_host()}",
        when=today,
        summary=gettext("More is due than this calendar shows: see the list"),
        description=report,
        url=report,
        changed_at=datetime.combine(today, time.min, tzinfo=UTC),
    )


def _host() -> str:
    return urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"


def _private(response: HttpResponse) -> HttpResponse:
    # Calendars remember the ETag by themselves.
    patch_cache_control(response, private=True, no_store=True)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


class AddressView(WagtailAdminTemplateMixin, TemplateView):
    """Shows whether one's calendar has an address; a new one is shown once."""

    template_name = "review/admin/due/address.html"
    page_title = _("What is due, in your own calendar")
    header_icon = "calendar-alt"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not for_staff(request.user):
            raise PermissionDenied
        response = super().dispatch(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        report = {"url": reverse("due_report"), "label": _("What is due")}
        return [*self.breadcrumbs_items, report, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        own = CalendarAddress.objects.filter(user=user).first()
        # Once: looking at the page again makes no other one.
        is_read = self.request.method == "GET"
        address = self.request.session.pop(_SHOWN, "") if is_read else ""
        context = super().get_context_data(**kwargs)
        return {**context, "own": own, "address": address if own else ""}

    @property
    def _made(self) -> str:
        token = CalendarAddress.objects.issue(self.request.user)
        path = reverse("due:calendar", args=[token])
        return urljoin(settings.WAGTAILADMIN_BASE_URL, path)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        match request.POST.get("act"):
            case "make":
                request.session[_SHOWN] = self._made
            case "end":
                CalendarAddress.objects.end(request.user)
                request.session.pop(_SHOWN, None)
                messages.success(
                    request,
                    gettext(
                        "The address has ended. Calendars that have it get nothing."
                    ),
                )
        return redirect("due_address")
