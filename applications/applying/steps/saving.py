"""Save and go on later: a link to the draft is mailed to whatever address is typed."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from applications import limits
from applications.applying.notices import GONE
from applications.applying.steps import drafts
from applications.applying.steps import filling as fillings
from applications.applying.steps.drawing import draw_save
from applications.applying.steps.filling import Filling
from applications.applying.steps.stepping import to
from applications.contacts import contact_hash, email_in
from applications.email_form import EmailForm
from applications.models.drafts import Draft
from applications.models.links import AccessLink
from applications.tasks import mail_draft_link
from core.tasks import enqueue


def serve_save(page: Any, request: HttpRequest) -> HttpResponse:
    """Ask where the link is to be mailed, or have it mailed."""
    filling = fillings.find(page, request)
    # Staff go on with what they type in from the admin, and have no link to mail.
    if filling is None or filling.draft is None or filling.is_entered:
        return to(page, request, filling.route.next_address if filling else "")
    if request.method != "POST":
        content = filling.definition.content
        known = email_in(content, filling.route.answers)
        return draw_save(filling, request, EmailForm(initial={"email": known}))
    form = EmailForm(request.POST)
    if not form.is_valid():
        return draw_save(filling, request, form, status=422)
    return _save(filling, filling.draft, request, form)


def _save(
    filling: Filling, draft: Draft, request: HttpRequest, form: EmailForm
) -> HttpResponse:
    email = form.cleaned_data["email"]
    contact = contact_hash(email)
    if limit := limits.reached(
        request, limits.SAVES_FROM_ADDRESS, (limits.SAVES_FOR_EMAIL, contact)
    ):
        response = draw_save(filling, request, form, limit.advice, 429)
        response.headers["Retry-After"] = str(limit.seconds)
        return response
    try:
        with transaction.atomic():
            # Its token is made anew by the task, and stands in the e-mail alone.
            link, _ = AccessLink.objects.issue(email, draft=draft, contact_hash=contact)
            drafts.change(draft, {})
            enqueue(mail_draft_link, str(link.pk))
    except Draft.DoesNotExist:
        # Sent or cleared in another window meanwhile.
        return draw_save(filling, request, form, GONE, 409)
    return to(filling.page, request, filling.route.next_address, notice="saved")
