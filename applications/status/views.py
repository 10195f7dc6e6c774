"""The status page and the pages of what an applicant may do there.

Each act stands on a page of its own that says what follows from it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from applications.links import access
from applications.links.views import see_other, stale
from applications.models.applications import Application
from applications.models.links import AccessLink
from applications.status import acts
from applications.status.correspondence import correspondence
from applications.status.download import own_copy
from applications.status.progress import progress
from core.views.private import keep_private

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
OwnView = Callable[Concatenate[HttpRequest, Application, P], HttpResponseBase]

_any_method = require_http_methods(["GET", "HEAD", "POST"])


def for_its_applicant(view: OwnView[P]) -> View[P]:
    """Give a view the application that this browser has opened, or say it is over."""

    @wraps(view)
    def guarded(
        request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        link = access.opened(request)
        if link is not None and link.application is not None:
            return view(request, link.application, *args, **kwargs)
        if access.leads_nowhere(request):
            # Such as a second press of the button that deletes.
            return see_other("applications:deleted")
        return stale(request)

    return guarded


@require_safe
@for_its_applicant
def status(request: HttpRequest, application: Application) -> HttpResponse:
    """Show how the application stands, and what can be done."""
    context = {
        "progress": progress(application),
        "has_files": application.uploads.exists(),
        "consents": acts.consents(application),
        **correspondence(application),
    }
    return _page(request, application, "status", context)


@require_safe
@for_its_applicant
def answers(request: HttpRequest, application: Application) -> HttpResponseBase:
    """Give the applicant what they sent, with the files in an archive."""
    return own_copy(application)


@_any_method
@for_its_applicant
def withdraw(request: HttpRequest, application: Application) -> HttpResponse:
    """Ask whether to withdraw the application, and do it."""
    if request.method == "POST":
        acts.withdraw(application)
        return see_other("applications:status")
    return _page(request, application, "withdraw")


@_any_method
@for_its_applicant
def delete(request: HttpRequest, application: Application) -> HttpResponse:
    """Ask whether to delete the application, and do it."""
    if request.method == "POST":
        acts.delete(application)
        return see_other("applications:deleted")
    return _page(request, application, "delete")


@_any_method
@for_its_applicant
def revoke(
    request: HttpRequest, application: Application, question: str
) -> HttpResponse:
    """Ask whether to take one consent back, and do it."""
    for consent in acts.consents(application):
        if consent["question"]["id"] == question:
            break
    else:
        raise Http404("No such consent was given.")
    if request.method == "POST":
        acts.revoke(application, question)
        return see_other("applications:status")
    return _page(request, application, "revoke", {"consent": consent})


@require_POST
@for_its_applicant
def close(request: HttpRequest, application: Application) -> HttpResponse:
    """Close the pages in every browser, such as before leaving a shared one."""
    if link := access.opened(request):
        link.close()
    return _closed()


@require_POST
@for_its_applicant
def end_links(request: HttpRequest, application: Application) -> HttpResponse:
    """Have every link to this application lead nowhere, such as after a lost phone."""
    AccessLink.objects.filter(application=application).revoke()
    return _closed()


@require_safe
def closed(request: HttpRequest) -> HttpResponse:
    return _page(request, None, "closed")


@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    return _page(request, None, "deleted")


def _closed() -> HttpResponse:
    response = see_other("applications:closed")
    access.close(response)
    return response


def _page(
    request: HttpRequest,
    application: Application | None,
    name: str,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    context = {**(context or {}), "application": application}
    response = render(request, f"applications/status/{name}.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return keep_private(response)
