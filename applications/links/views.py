"""The pages between a link in an e-mail and what it leads to.

To look at any of them uses nothing up and tells nothing: programs that look at links
in e-mails for dangers find a button. Pressing it has a code mailed, and leads to an
address without the token.
"""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from applications import limits
from applications.applying.steps.resuming import resume
from applications.contacts import contact_hashes
from applications.email_form import EmailForm
from applications.links import access
from applications.links.forms import CodeForm
from applications.models.links import AccessLink, LinkRequest
from applications.tasks import mail_code, mail_links
from core.tasks import enqueue
from core.views.private import keep_private
from users.limits import Limit

SEE_OTHER = 303
WRONG_CODE = _(
    "This code does not open the page. It may be mistyped, older than ten minutes, "
    "used already, or not from the last e-mail. After five attempts a code ends: ask "
    "for a new one."
)


@require_safe
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button, whose form carries the token on."""
    if AccessLink.objects.with_token(token) is None:
        return stale(request)
    return page(request, "link", {"token": token})


@csrf_exempt  # whoever holds the token may have a code mailed
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Have a code mailed, and lead to where it is typed."""
    if request.method != "POST":
        return see_other("applications:new-link")
    found = AccessLink.objects.with_token(request.POST.get("token", ""))
    if found is None:
        return stale(request)
    return _ask(request, found)


@require_POST
def ask_again(request: HttpRequest) -> HttpResponse:
    """Have another code mailed, for the same link."""
    asked = access.asked(request)
    return _ask(request, asked.link) if asked else stale(request)


def _ask(request: HttpRequest, found: AccessLink) -> HttpResponse:
    if found.is_spent:
        AccessLink.objects.filter(pk=found.pk).revoke()
        return stale(request)
    if limit := limits.reached(request, limits.CODES_FROM_ADDRESS):
        return page(request, "too_often", over=limit)
    enqueue(mail_code, str(found.pk))
    response = see_other("applications:code")
    access.ask(response, found)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code, and open the link."""
    asked = access.asked(request)
    if asked is None:
        return stale(request)
    if request.method != "POST":
        return page(request, "code", {"form": CodeForm()})
    form = CodeForm(request.POST)
    if not form.is_valid():
        return page(request, "code", {"form": form}, status=422)
    if limit := limits.reached(request, limits.TRIES_FROM_ADDRESS):
        return page(request, "code", {"form": form}, over=limit)
    if not asked.link.admits(form.cleaned_data["code"], asked.browser):
        form.add_error("code", WRONG_CODE)
        return page(request, "code", {"form": form}, status=422)
    if asked.link.draft:
        return resume(request, asked.link) or stale(request)
    response = see_other("applications:status")
    access.open_in(response, asked.link)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def new_link(request: HttpRequest) -> HttpResponse:
    """Have links mailed to an address, and never say whether it is known.

    What is done and answered is the same for each: a task finds out.
    """
    if request.method != "POST":
        return page(request, "new_link", {"form": EmailForm()})
    form = EmailForm(request.POST)
    if not form.is_valid():
        return page(request, "new_link", {"form": form}, status=422)
    contact, *older = contact_hashes(form.cleaned_data["email"])
    if limit := limits.reached(
        request, limits.LINKS_FROM_ADDRESS, (limits.LINKS_FOR_EMAIL, contact)
    ):
        return page(request, "new_link", {"form": form}, over=limit)
    with transaction.atomic():
        asked = LinkRequest.objects.create(contact_hash=contact, older_hashes=older)
        enqueue(mail_links, str(asked.pk))
    return see_other("applications:link-sent")


@require_safe
def link_sent(request: HttpRequest) -> HttpResponse:
    """Say the same to everybody who has asked for a link."""
    return page(request, "link_sent")


def stale(request: HttpRequest, typed: str = "") -> HttpResponse:
    """Say that a link or a visit is over, and how to go on.

    Args:
        request: Whose.
        typed: What was typed on the page that is over, to be copied.
    """
    return page(request, "stale", {"typed": typed}, status=410)


def page(
    request: HttpRequest,
    name: str,
    context: dict[str, Any] | None = None,
    status: int = 200,
    over: Limit | None = None,
) -> HttpResponse:
    """Render one of these pages, for this visitor alone.

    Args:
        request: The visitor's.
        name: Its template's.
        context: What the template prints.
        status: Of the answer; 429 with a limit.
        over: The limit that the visitor is over.
    """
    template = f"applications/links/{name}.html"
    context = {**(context or {}), "notice": over.advice if over else ""}
    response = render(request, template, context, status=429 if over else status)
    if over:
        response.headers["Retry-After"] = str(over.seconds)
    response.headers["X-Robots-Tag"] = "noindex"
    return keep_private(response)


def see_other(name: str) -> HttpResponse:
    """Redirect after a post, so that Reload sends nothing again."""
    response = redirect(name)
    response.status_code = SEE_OTHER
    return keep_private(response)
