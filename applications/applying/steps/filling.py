"""What one browser has filled in of a form so far, wherever that is kept."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from applications import limits
from applications.applying.entered import finding
from applications.applying.forms import TOKEN
from applications.applying.opening import is_open
from applications.applying.steps import drafts, precheck
from applications.applying.steps.route import (
    Route,
    Step,
    consent_step,
    required_consents,
)
from applications.applying.tokens import FormToken
from applications.models.definitions import FormDefinition
from applications.models.drafts import Draft
from applications.uploads import answers
from core.encryption import EncryptionError

# Whether the device is to keep the answers: a field's name, and among what was typed
# until there is a draft.
KEEP = "keep"


class GoneError(Exception):
    """What was filled in before was sent, cleared or kept too long."""


@dataclass
class Filling:
    """A form that is being filled in: its definition, what was typed, and the draft."""

    page: Any
    path: str  # of the page, to which cookies are bound
    definition: FormDefinition
    typed: dict[str, Any] = field(default_factory=dict)
    draft: Draft | None = None
    secret: str = ""

    @cached_property
    def route(self) -> Route:
        return Route(self.definition.content, self.typed)

    @cached_property
    def begins_at(self) -> int:
        """The number of the step with which the draft begins."""
        return consent_step(self.definition.content)

    @cached_property
    def has_consented(self) -> bool:
        """Whether everything is agreed to on which the draft depends."""
        step = self.route.all_steps[self.begins_at - 1]
        return _has_consented(step, self.typed)

    @property
    def is_kept(self) -> bool:
        """Whether the device keeps the answers, or was just asked to."""
        kept = self.typed.get(KEEP)
        return bool(kept if kept is not None or not self.draft else self.draft.kept)

    @property
    def has_link(self) -> bool:
        """Whether a link that was mailed leads to this."""
        return self.draft is not None and self.draft.links.usable().exists()

    @property
    def is_begun(self) -> bool:
        return bool(self.typed) or self.is_entered

    @property
    def is_entered(self) -> bool:
        """Whether staff type it in for somebody."""
        return self.draft is not None and self.draft.is_entered

    @cached_property
    def has_changed(self) -> bool:
        """Whether the form was published anew since this was begun."""
        latest = self.page.latest_definition
        return self.is_begun and latest is not None and latest != self.definition

    @cached_property
    def is_for_others_no_more(self) -> bool:
        """Whether only those who have begun it may go on with the form."""
        return self.is_begun and not self.is_entered and not is_open(self.page)

    def with_typed(self, typed: dict[str, Any]) -> "Filling":
        """Return the same with more typed, which is stored nowhere."""
        return Filling(
            self.page,
            self.path,
            self.definition,
            self.typed | typed,
            self.draft,
            self.secret,
        )


def find(page: Any, request: HttpRequest) -> Filling | None:
    """Return what this browser has filled in; None of a form that asks nothing.

    What is typed into the first step belongs to the questions that were shown there.

    Raises:
        Http404: It has begun another form, which was at this address before.
    """
    path = page.get_url_parts(request)[2]
    entry = finding.find(request)
    draft = entry or drafts.find(request)
    if draft and draft.definition.page_id == page.pk:
        try:
            typed = drafts.typed_in(draft)
            typed = answers.with_files(draft.definition.content, draft, typed)
        except EncryptionError:
            # Nobody can read it any more: begun anew, but never as an applicant's own.
            if entry:
                return Filling(page, path, draft.definition, {}, draft)
        else:
            secret = request.COOKIES[finding.COOKIE if entry else drafts.COOKIE]
            return Filling(page, path, draft.definition, typed, draft, secret)
    if carried := precheck.read(page, request):
        definition_pk, typed = carried
        if definition := page.definitions.filter(pk=definition_pk).first():
            return Filling(page, path, definition, typed)
    if definition := shown_definition(page, request):
        return Filling(page, path, definition)
    elsewhere = draft and draft.definition.page_id != page.pk
    if elsewhere or precheck.form_of(request, type(page)):
        raise Http404
    latest = page.latest_definition
    return Filling(page, path, latest) if latest else None


def shown_definition(page: Any, request: HttpRequest) -> FormDefinition | None:
    """Return the definition whose questions the posted page showed.

    Raises:
        Http404: It is another form's, or one that was deleted.
    """
    token = FormToken.read(request.POST.get(TOKEN, ""))
    if token is None:
        return None
    shown: FormDefinition | None = page.definitions.filter(
        pk=token.definition_pk
    ).first()
    if shown is None:
        raise Http404
    return shown


def save(
    filling: Filling,
    step: Step,
    typed: dict[str, Any],
    response: HttpResponse,
    key: UUID | None = None,
) -> None:
    """Keep what was typed into ``step``, where it may be kept.

    Before the consent that is the browser alone, from the consent on a draft. Cookies
    go with ``response``. A draft is begun under ``key``, which came with the step.

    Raises:
        GoneError: There is a step before it that nobody knows of any more.
        precheck.TooLargeError: More was typed before the consent than a cookie holds.
        core.encryption.EncryptionError: There is no key to encrypt with.
        django.db.DatabaseError: Nothing was stored.
    """
    if filling.draft is not None:
        kept = typed.get(KEEP)
        try:
            draft = drafts.change(filling.draft, _answers(typed), kept)
        except Draft.DoesNotExist:
            raise GoneError from None
        _remember(filling, draft, filling.secret, response)
        return
    if step.number > filling.begins_at:
        raise GoneError
    if step.number == filling.begins_at and _has_consented(step, typed):
        everything = filling.typed | typed
        draft, secret = drafts.begin(
            filling.definition,
            _answers(everything),
            bool(everything.get(KEEP)),
            key,
        )
        _remember(filling, draft, secret, response)
        response.delete_cookie(precheck.COOKIE, path=filling.path)
        return
    precheck.keep(
        response,
        filling.page,
        filling.path,
        filling.definition.pk,
        filling.typed | typed,
    )


def check_limit(
    filling: Filling, request: HttpRequest, step: Step, typed: dict[str, Any]
) -> None:
    """Count one draft more, if to save what was typed into ``step`` begins one.

    Raises:
        limits.OverLimitError: Many were begun from where ``request`` comes.
    """
    begins = filling.draft is None and step.number == filling.begins_at
    if not begins or not _has_consented(step, typed):
        return
    if limit := limits.reached(request, limits.DRAFTS_FROM_ADDRESS):
        raise limits.OverLimitError(limit)


def forget(filling: Filling, response: HttpResponse) -> None:
    """Delete everything that was filled in, here and in the browser."""
    if filling.draft is not None:
        filling.draft.delete()
    forget_in_browser(filling, response)


def forget_in_browser(filling: Filling, response: HttpResponse) -> None:
    own = (drafts.COOKIE, precheck.COOKIE)
    for name in (finding.COOKIE,) if filling.is_entered else own:
        response.delete_cookie(name, path=filling.path)


def _answers(typed: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in typed.items() if name != KEEP}


def _has_consented(step: Step, typed: dict[str, Any]) -> bool:
    return all(typed.get(consent["id"]) for consent in required_consents(step))


def _remember(
    filling: Filling, draft: Draft, secret: str, response: HttpResponse
) -> None:
    if draft.is_entered:
        finding.remember(response, filling.path, secret)
        return
    kept_until = draft.expires_at if draft.kept else None
    drafts.remember(response, filling.path, secret, kept_until)
