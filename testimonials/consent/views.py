"""The page on which somebody sees, gives, narrows, takes back and confirms consent.

Who has the link may act; following it changes nothing. It leads there until it ends,
and whatever else is asked for gets one and the same refusal.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from core.views.private import keep_private
from testimonials.consent import changing
from testimonials.consent.forms import MEANING, GiveForm, NarrowForm
from testimonials.models.consent import CHANNELS, ELSEWHERE, SCOPES, Consent
from testimonials.models.subject import Subject
from testimonials.models.subject_link import SubjectLink
from testimonials.models.wording import ConsentWording
from users.limits import Limit, is_within

# Many people may share an address; tokens are far too long to be guessed.
VISITS = Limit("consent-links", 60, 10 * 60, _("Wait ten minutes, then try again."))
_SEE_OTHER = 303
# What was done, and where; the address of the answer joins them by dots.
_DONE = {
    "given": _("Thank you. We have recorded what you allow."),
    "narrowed": _("We have taken it back."),
    "taken-back": _("We have taken it all back. You allow us nothing any more."),
    "site": _("It is no longer shown on our site."),
    "elsewhere": _(
        "Our staff are told to see to what is on social media or in print. That takes "
        "them some days, and what is printed already cannot be called back."
    ),
    "nothing-left": _("There was nothing left to take back."),
    "confirmed": _("Thank you. We have noted that it still holds."),
    "nothing-holds": _(
        "There was nothing to confirm: you allow us nothing today. Below you can allow "
        "something, if you like."
    ),
}
# Nothing is ticked then: the ticks were for what was read.
_CHANGED = _(
    "The text has changed. Please read it again, then tick what you allow. Nothing was "
    "changed yet."
)


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, token: str) -> HttpResponse:
    """Show a person their consents, and do what they ask for."""
    if not is_within(request, VISITS):
        return _page(request, "limit", {"notice": VISITS.advice}, status=429)
    link = SubjectLink.objects.with_token(token)
    if link is None:
        return _page(request, "refused", {}, status=410)
    if request.method == "POST":
        try:
            return _act(request, link.subject, token)
        except Subject.DoesNotExist:  # erased meanwhile
            return _page(request, "refused", {}, status=410)
    return _shown(request, link)


def _act(request: HttpRequest, subject: Subject, token: str) -> HttpResponse:
    match request.POST.get("act"):
        case "give":
            wording = _wording_read(request)
            if wording is None:
                return _again(request, token, problem=_CHANGED)
            form = GiveForm(wording, request.POST)
            if not form.is_valid():
                return _again(request, token, give=form)
            ticked = form.cleaned_data
            try:
                changing.give(subject, wording, ticked["scopes"] + ticked["channels"])
            except changing.WordingChanged:
                return _again(request, token, problem=_CHANGED)
            done = "given"
        case "narrow":
            narrow = NarrowForm(_allowed(_consents(subject)), request.POST)
            if not narrow.is_valid():
                return _again(request, token, narrow=narrow)
            lost = changing.narrow(subject, narrow.cleaned_data["lost"])
            done = _taken_back("narrowed", lost)
        case "take-back":
            done = _taken_back("taken-back", changing.take_back(subject))
        case "confirm":
            done = "confirmed" if changing.confirm(subject) else "nothing-holds"
        case _:
            return _again(request, token)
    response = redirect(f"{request.path}?done={done}")
    response.status_code = _SEE_OTHER
    return _kept_private(response)


def _taken_back(what: str, channels: set[str]) -> str:
    """Return what was done, in which channels, in the words of `_DONE`."""
    if not channels:
        return "nothing-left"
    done = [what]
    if "channel_website" in channels:
        done.append("site")
    if channels & set(ELSEWHERE):
        done.append("elsewhere")
    return ".".join(done)


def _again(request: HttpRequest, token: str, **forms: Any) -> HttpResponse:
    """Show the page with what was typed, and what is wrong with it."""
    link = SubjectLink.objects.with_token(token)
    if link is None:
        return _page(request, "refused", {}, status=410)
    return _shown(request, link, status=422, **forms)


def _shown(
    request: HttpRequest, link: SubjectLink, status: int = 200, **forms: Any
) -> HttpResponse:
    consents = _consents(link.subject)
    allowed = _allowed(consents)
    give = forms.get("give")
    context = {
        "consents": [
            (consent, _meant(consent, SCOPES), _meant(consent, CHANNELS))
            for consent in consents
        ],
        "may_confirm": any(consent.is_kept() for consent in consents),
        "giving": [
            give if give and give.wording == wording else GiveForm(wording)
            for wording in ConsentWording.objects.offered()
        ],
        "narrow": forms.get("narrow") or NarrowForm(allowed),
        "until": link.expires_at,
        "has_error": status != 200,
        "problem": forms.get("problem"),
        "done": [
            _DONE[each]
            for each in request.GET.get("done", "").split(".")
            if each in _DONE
        ],
    }
    return _page(request, "own", context, status)


def _meant(consent: Consent, names: tuple[str, ...]) -> list[Any]:
    """Return what a consent allows, in the words in which it is asked for."""
    return [MEANING[name] for name in names if getattr(consent, name)]


def _wording_read(request: HttpRequest) -> ConsentWording | None:
    """Return the wording that was read, None where nobody is asked with it any more.

    Somebody agrees to what they have read: one that came meanwhile is another.
    """
    read = request.POST.get("wording", ""), request.POST.get("read", "")
    for wording in ConsentWording.objects.offered():
        if (str(wording.pk), wording.digest) == read:
            return wording
    return None


def _consents(subject: Subject) -> list[Consent]:
    """Return what a person allows, today or later."""
    consents = Consent.objects.not_ended().filter(subject=subject)
    return list(consents.select_related("wording"))


def _allowed(consents: list[Consent]) -> list[str]:
    return [
        name
        for name in (*SCOPES, *CHANNELS)
        if any(getattr(consent, name) for consent in consents)
    ]


def _page(
    request: HttpRequest, name: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    template = f"testimonials/consent/{name}.html"
    response = render(request, template, context, status=status)
    if status == 429:
        response.headers["Retry-After"] = str(VISITS.seconds)
    return _kept_private(response)


def _kept_private(response: Any) -> Any:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return keep_private(response)
