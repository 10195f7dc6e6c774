"""What was mailed about an application, how that fares, and sending it again."""

from typing import Any, ClassVar
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.views.generic import View
from wagtail.admin import messages
from wagtail.log_actions import log

from applications.admissions.recording import RecordedMixin
from applications.admissions.rights import Right, allowed, applications_where
from applications.mailed import AUDIENCES, KINDS, about_application
from applications.models.applications import Application
from core.mail import send_again
from core.models.mail_record import MailRecord
from core.models.outgoing_mail import OutgoingMail
from core.outbox.reasons import reason

ACTION = "applications.mail"


def shown_mails(application: Application) -> list[dict[str, Any]]:
    """Return the e-mails about an application, the latest first, in two queries.

    ``{"mail", "what", "whom", "queued_at", "state", "reason", "is_given_up"}``; never
    an address.
    """
    records = list(
        MailRecord.objects.filter(about=about_application(application.pk)).order_by(
            "-queued_at", "-pk"
        )
    )
    kept = OutgoingMail.objects.defer("message").in_bulk(
        [record.mail for record in records if record.sent_at is None]
    )
    return [_shown(record, kept.get(record.mail)) for record in records]


def _shown(record: MailRecord, kept: OutgoingMail | None) -> dict[str, Any]:
    return {
        "mail": record.mail,
        "what": KINDS.get(record.kind, record.kind),
        "whom": AUDIENCES.get(record.audience, record.audience),
        "queued_at": record.queued_at,
        "state": _state(record, kept),
        "reason": reason(kept.last_error, kept.created_at) if kept else "",
        "is_given_up": kept is not None and kept.next_attempt_at is None,
    }


def _state(record: MailRecord, kept: OutgoingMail | None) -> str:
    if record.sent_at:
        return gettext("Sent on {when}").format(when=_when(record.sent_at))
    if kept is None:
        return gettext("Not sent, and no longer kept")
    if kept.attempts == 0:
        return gettext("Waits to be sent")
    tried = ngettext("tried {count} time", "tried {count} times", kept.attempts).format(
        count=kept.attempts
    )
    if kept.next_attempt_at is None:
        return gettext("Given up, {tried}").format(tried=tried)
    if not kept.last_error:
        return gettext("Is being sent")
    return gettext("Waits, {tried}, next on {when}").format(
        tried=tried, when=_when(kept.next_attempt_at)
    )


def _when(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def links(user: Any, keys: set[str]) -> dict[str, tuple[str, str]]:
    """Return reference and URL of those applications that ``user`` may see."""
    visible = applications_where(user, Right.SEE).filter(pk__in=keys)
    return {
        str(each.pk): (str(each), reverse("application:inspect", args=[each.pk]))
        for each in visible.only("uuid", "reference")
    }


class MailAgainView(RecordedMixin, View):
    """Sends an e-mail about an application again that was given up, once."""

    http_method_names = ["post"]
    model: ClassVar[Any] = Application

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        application = get_object_or_404(allowed(request.user, Right.DECIDE), pk=pk)
        record = self._record(request, application)
        with transaction.atomic():
            is_queued = record is not None and send_again(record.mail)
            if record is not None and is_queued:
                log(instance=application, action=ACTION, data={"kind": record.kind})
        if is_queued:
            messages.success(request, gettext("The e-mail is sent again now."))
        else:
            sentence = gettext(
                "Nothing was sent again: this e-mail waits to be sent, was sent, or is "
                "no longer kept."
            )
            messages.warning(request, sentence)
        return redirect("application:inspect", application.pk)

    def _record(
        self, request: HttpRequest, application: Application
    ) -> MailRecord | None:
        try:
            mail = UUID(request.POST.get("mail", ""))
        except ValueError:
            return None
        about = about_application(application.pk)
        return MailRecord.objects.filter(about=about, mail=mail).first()
