"""Shows an applicant's answers again while the database is unavailable."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from applications.applying.forms import FIELD_PREFIX, TOKEN
from applications.applying.serving import keep_private
from applications.applying.tokens import FormToken
from core.views.same_origin import is_from_here
from core.views.unavailable import gives_back, unavailable

TICKED = "on"  # what a browser sends for a box, such as consent


@gives_back
def unsent_answers(request: HttpRequest) -> HttpResponse | None:
    """Render the answers, with a button that sends them again.

    Only what a form of this site has sent: another site must not choose what is read
    here. The questions are in the database, so the answers stand without them. Of the
    other fields nothing is printed. The tokens are made anew: one against forgery, one
    with the key under which an application is stored once.
    """
    token = FormToken.read(request.POST.get(TOKEN, ""))
    if token is None or not is_from_here(request):
        return None
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name.startswith(FIELD_PREFIX)
        for value in values
    ]
    context = {
        "path": request.path,
        "fields": fields,
        "answers": _answers(fields),
        "has_files": bool(request.FILES),
        "csrf_token": get_token(request),
        "form_token": str(token),
        "form_token_name": TOKEN,
    }
    return keep_private(unavailable("applications/unsent.html", context))


def _answers(fields: list[tuple[str, str]]) -> list[str]:
    """Return the answers as text, such as ``27, 3, 1974`` for the parts of a date."""
    answers: dict[str, list[str]] = {}
    for name, value in fields:
        if value and value != TICKED:
            answers.setdefault(name.partition("_")[0], []).append(value)
    return [", ".join(values) for values in answers.values()]
