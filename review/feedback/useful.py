"""Counts whether a page was useful."""

from contextlib import nullcontext
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.page_language import language_of
from core.views.same_origin import is_from_here
from review.feedback.limits import ANSWERS, ANSWERS_ON_PAGE
from review.feedback.views import SEE_OTHER, page_asked_for
from review.models.useful_counts import UsefulCount
from users.limits import is_within

COUNTED = "counted"  # in the address of the page that thanks
_ANSWERS = {"yes": True, "no": False}


@csrf_exempt  # pages with the question are kept; is_from_here looks whence it comes
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def useful(request: HttpRequest) -> HttpResponse:
    """Count an answer, and lead back to the page, which thanks.

    Nothing about the reader is kept: no cookie, and of the network address a hash in
    the cache for ten minutes.
    """
    if request.method != "POST":
        return _see_other("/")
    page = page_asked_for(request.POST.get("page", ""))
    answer = _ANSWERS.get(request.POST.get("answer", ""))
    if page is None or answer is None:
        return _not_counted(request, page, "incomplete", status=422)
    if not is_from_here(request):
        return _not_counted(request, page, "elsewhere", status=403)
    is_allowed = is_within(request, ANSWERS) and is_within(
        request, ANSWERS_ON_PAGE, page.pk
    )
    if not is_allowed:
        response = _not_counted(request, page, "too-many", status=429)
        response.headers["Retry-After"] = str(ANSWERS.seconds)
        return response
    UsefulCount.objects.count_answer(page, is_useful=answer)
    if not request.accepts("text/html"):  # of a script, which stays on the page
        return HttpResponse(status=204)
    return _see_other(f"{page.url}?useful={COUNTED}#useful")


def _see_other(url: str) -> HttpResponse:
    response = HttpResponseRedirect(url)
    response.status_code = SEE_OTHER
    return response


def _not_counted(
    request: HttpRequest, page: Any, reason: str, status: int
) -> HttpResponse:
    context = {"counted_page": page, "reason": reason}
    with language_of(page) if page else nullcontext():
        response = render(
            request, "review/feedback/not_counted.html", context, status=status
        )
    response.headers["X-Robots-Tag"] = "noindex"
    return response
