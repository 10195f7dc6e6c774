"""Shows a report again while the database is unavailable."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from core.views.private import keep_private
from core.views.same_origin import is_from_here
from core.views.unavailable import gives_back, unavailable
from review.feedback.forms import ReportForm
from review.feedback.tokens import ReportToken
from review.feedback.views import drawn, is_key


@gives_back
def unsent_report(request: HttpRequest) -> HttpResponse | None:
    """Draw the form as it was filled in, if this site has made it."""
    token = ReportToken.read(request.POST.get("token", ""))
    is_report = request.path == reverse("feedback:report")
    if not is_report or token is None or not is_from_here(request):
        return None
    page = request.POST.get("page", "")
    context = drawn(ReportForm(request.POST), token, page if is_key(page) else None)
    return keep_private(unavailable("review/feedback/unsent.html", context))
