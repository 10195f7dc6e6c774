"""Shows an applicant's answers again while the database is unavailable."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from applications.applying.forms import ASKED, FIELD_PREFIX, TOKEN
from applications.applying.gone import typed_texts
from applications.applying.steps.filling import KEEP
from applications.applying.steps.stepping import BACK, CHANGE, SAVE
from applications.applying.tokens import FeedbackToken, FormToken
from core.views.private import keep_private
from core.views.same_origin import is_from_here
from core.views.unavailable import gives_back, unavailable

# What a form in steps sends beside answers: what it asked, which button was pressed.
_OF_STEPS = {ASKED, CHANGE, BACK, SAVE, KEEP, f"{KEEP}-offered", "version"}


@gives_back
def unsent_answers(request: HttpRequest) -> HttpResponse | None:
    """Render the answers, with a button that sends them again.

    Only what a form of this site has sent: another site must not choose what is read
    here. The questions are in the database, so the answers stand without them. Of the
    other fields only those are passed on that a step needs. The tokens are made anew:
    one against forgery, one with the key under which an application is stored once.
    """
    posted = request.POST.get(TOKEN, "")
    token = FormToken.read(posted) or FeedbackToken.read(posted)
    if token is None or not is_from_here(request):
        return None
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name.startswith(FIELD_PREFIX) or name in _OF_STEPS
        for value in values
    ]
    context = {
        "path": request.path,
        "fields": fields,
        "answers": typed_texts([f for f in fields if f[0] not in _OF_STEPS]),
        "has_files": bool(request.FILES),
        "csrf_token": get_token(request),
        "form_token": str(token),
        "form_token_name": TOKEN,
    }
    return keep_private(unavailable("applications/unsent.html", context))
