"""Views for signing up, confirming and unsubscribing."""

from copy import copy
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Site
from wagtail.views import serve_chain

from core.page_language import serve_in_its_language
from core.querysets import shown_pages
from core.tasks import enqueue
from core.views.same_origin import is_from_here
from newsletter.blocks import RECEIVED, sign_up_in, wording_version
from newsletter.forms import SignUpForm
from newsletter.links import Purpose, subscriber_of
from newsletter.models import Subscriber
from newsletter.tasks import answer_sign_up

SEE_OTHER = 303
MAX_ID_DIGITS = 9  # more do not fit into the database's integers


@csrf_exempt  # pages with the form are cached; is_from_here looks whence it comes
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Receive a sign-up, and answer in the page where it was typed.

    Known, unknown and unsubscribed addresses get the same answer after the same work.
    """
    if request.method != "POST":
        return _own_page(request, None)
    form = SignUpForm(request.POST)
    if not is_from_here(request):
        return _own_page(request, form, status=403)
    page, block_id = _page(request.POST.get("page", "")), request.POST.get("block", "")
    value = sign_up_in(page, block_id) if page else None
    if not form.is_valid():
        if value is None:
            return _own_page(request, form, status=422)
        return _page_again(request, page, block_id, form)
    if not form.is_from_a_machine:
        _receive(request, form.cleaned_data["email"], wording_version(value))
    if value is None:
        return _see_other(reverse("newsletter:received"))
    return _see_other(f"{page.url}?newsletter={RECEIVED}#newsletter-{block_id}")


def _page(pk: str) -> Any:
    """Return the public page, or None."""
    if not (pk.isascii() and pk.isdecimal() and len(pk) <= MAX_ID_DIGITS):
        return None
    page = shown_pages().filter(pk=pk).first()
    return page.specific if page else None


def _receive(request: HttpRequest, email: str, version: str) -> None:
    site = Site.find_for_request(request)
    with transaction.atomic():
        subscriber = Subscriber.objects.at(email, version)
        if subscriber.claim_mail() and site:
            # In the same transaction, so that neither is there without the other.
            enqueue(answer_sign_up, str(subscriber.uuid), site.root_url, _name(site))


def _name(site: Site) -> str:
    return str(site.site_name or site.hostname)


def _page_again(
    request: HttpRequest, page: Any, block_id: str, form: SignUpForm
) -> HttpResponse:
    """Serve the page again, with the typed address and its error."""
    # To the page it is a visit like any other.
    visit = copy(request)
    visit.method, visit.POST = "GET", QueryDict()
    visit.path = visit.path_info = page.get_url(request) or request.path
    visit.returned_sign_up = (block_id, form)  # type: ignore[attr-defined]
    page.seo_title = gettext("Error: {title}").format(
        title=page.seo_title or page.title
    )
    response = serve_in_its_language(serve_chain)(page, visit, [], {})
    response.status_code = 422
    return response


def _own_page(
    request: HttpRequest, form: SignUpForm | None, status: int = 200
) -> HttpResponse:
    return render(request, "newsletter/sign_up.html", {"form": form}, status=status)


def _see_other(url: str) -> HttpResponse:
    response = HttpResponseRedirect(url)
    response.status_code = SEE_OTHER
    return response


@require_safe
def received(request: HttpRequest) -> HttpResponse:
    """Thank a subscriber whose page or form is gone."""
    return _message(request, "received")


@csrf_exempt  # who holds the signed link may use it
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm by a button, since mail programs open links by themselves."""
    return _by_link(request, token, "confirm")


@csrf_exempt  # mail programs post here by themselves, and follow no redirect: RFC 8058
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Unsubscribe by a button, or at once when posted to."""
    return _by_link(request, token, "unsubscribe")


def _by_link(request: HttpRequest, token: str, purpose: Purpose) -> HttpResponse:
    subscriber = subscriber_of(token, purpose)
    if subscriber is None:
        return _message(request, "stale_link", status=410)
    if request.method != "POST":
        return _message(request, purpose)
    if purpose == "confirm":
        subscriber.confirm()
        return _message(request, "confirmed")
    subscriber.unsubscribe()
    return _message(request, "unsubscribed")


def _message(request: HttpRequest, name: str, status: int = 200) -> HttpResponse:
    response = render(request, f"newsletter/{name}.html", status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
