"""Decides about applications, after two opinions where a form asks for them."""

from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from applications.inbox.moving import locked, move
from applications.inbox.refusals import Gone, OpinionsAreIn
from applications.models.applications import Application
from applications.models.decisions import (
    OUTCOMES,
    READERS,
    Decision,
    Opinion,
    SecondReader,
)
from applications.models.states import ApplicationState


@transaction.atomic
def decide(
    application: Application,
    state: ApplicationState,
    reasons: str,
    *,
    by: Any,
    seen_version: int,
    key: UUID | None = None,
) -> Decision:
    """Decide, with reasons that the applicant reads on the status page.

    Deciding anew is a move of its own: it is news, and can be taken back.

    Args:
        application: Which.
        state: Of the kind "accepted" or "declined".
        reasons: What the applicant reads.
        by: Who decides; whether they may is asked before.
        seen_version: `Application.version` as they saw it.
        key: The primary key of the decision, so that it is decided once.

    Raises:
        applications.inbox.refusals.Refused: As `move`; nothing was decided.
        core.encryption.EncryptionError: There is no key to encrypt with.
    """
    current = locked(application, seen_version)
    moved = move(current, state, by=by, seen_version=current.version, is_anew=True)
    decision = Decision.objects.create(
        pk=key or uuid4(),
        application=moved,
        outcome=state.status,
        reasons=reasons,
        decided_by=by,
        moved_at=moved.state_since,
    )
    log(
        instance=current,
        action="applications.decide",
        user=by,
        data={"outcome": str(state.status)},
    )
    return decision


def decision_of(application: Application) -> Decision | None:
    """Return the decision that its applicant reads, while it holds.

    It is tied to its move: who comes into the same state by another has no reasons.
    """
    if application.state_since is None or application.status not in OUTCOMES:
        return None
    return Decision.objects.filter(
        application=application,
        outcome=application.status,
        moved_at=application.state_since,
        taken_back_at=None,
    ).first()


@transaction.atomic
def give_opinion(
    application: Application, outcome: str, text: str, *, by: Any
) -> Opinion:
    """Store what a reader thinks, or what the reader thinks now.

    Raises:
        Gone: The application was deleted.
        OpinionsAreIn: Neither of them changes any more.
        core.encryption.EncryptionError: There is no key to encrypt with.
    """
    current = (
        Application.objects.select_for_update(of=("self",))
        .select_related("definition__page")
        .filter(pk=application.pk)
        .first()
    )
    if current is None:
        raise Gone
    own = Opinion.objects.filter(application=current, reader=by).first()
    if both_are_in(current):
        if own and (own.outcome, own.text) == (outcome, text):
            return own  # by a second press of the button
        raise OpinionsAreIn
    opinion = own or Opinion(application=current, reader=by)
    opinion.outcome, opinion.text = outcome, text
    opinion.given_at = timezone.now()
    opinion.save()
    log(instance=current, action="applications.opinion", user=by)
    return opinion


def both_are_in(application: Application) -> bool:
    return Opinion.objects.filter(application=application).count() >= READERS


def needs_second_reader(application: Application) -> bool:
    return SecondReader.objects.filter(form=application.definition.page_id).exists()
