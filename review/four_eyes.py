"""Who may not review a page: who wrote it, who edited it last, who is no clinician."""

from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext

from core.querysets import is_published, withheld_pages
from review.models.reviewers import Reviewer, checked_credential, person_of
from review.versions import version_of

INVITE = "review.invite_reviewer"


def is_withheld(page: Any) -> bool:
    """Return whether a page, or this draft of it, may be shown to no reader now."""
    return page.pk in withheld_pages() or getattr(page, "is_withheld", False)


def may_invite(user: Any, page: Any) -> bool:
    """Return whether ``user`` may have others review this page."""
    may_edit = page.permissions_for_user(user).can_edit()
    return bool(user.has_perm(INVITE) and may_edit)


def refusal(page: Any, person: Any, inviter: Any = None) -> str:
    """Return why ``person`` may not review this draft, "" if they may.

    Args:
        page: The latest version of the page.
        person: A profile, None for somebody without one.
        inviter: The account that invited them, where they have none themselves.
    """
    if person is None:
        return gettext(
            "Only a person with a profile here can review a page. Ask an administrator "
            "to enter under Reviewers whose profile yours is."
        )
    if not is_published(person):
        return gettext(
            "The profile “{name}” is not published, so readers could not see who has "
            "reviewed the page. Publish the profile first."
        ).format(name=person.title)
    if checked_credential(person, inviter) is None:
        if inviter is not None and checked_credential(person) is not None:
            return gettext(
                "Whoever invites “{name}” has checked their credential. One of the two "
                "must be done by somebody else."
            ).format(name=person.title)
        return gettext(
            "No clinical credential on the profile “{name}” has been checked. Ask for "
            "one to be checked under Checks of credentials."
        ).format(name=person.title)
    if _is_credited(page, person):
        return gettext(
            "The page names “{name}” among those who made it. Somebody else must "
            "review it."
        ).format(name=person.title)
    # Who wrote what names nobody, only its creation tells.
    if not _names_who_wrote_it(page) and person_of(page.owner) == person:
        return gettext(
            "“{name}” has created this page, and it names no author. Somebody else "
            "must review it."
        ).format(name=person.title)
    editor = last_editor(page)
    if editor is not None and person_of(editor) == person:
        return gettext(
            "“{name}” made the last change to this page. Somebody else must review it."
        ).format(name=person.title)
    return ""


def invitation_refusal(page: Any, person: Any, inviter: Any) -> str:
    """Return why ``inviter`` may not have ``person`` review this draft, "" if so.

    Args:
        page: The latest version of the page.
        person: The profile of somebody without an account.
        inviter: An account, None where it is gone.
    """
    if inviter is None:
        return gettext(
            "Whoever sent this invitation has no account any more. Somebody else must "
            "invite."
        )
    if not may_invite(inviter, page):
        return gettext(
            "Whoever sent this invitation may not invite to this page any more. "
            "Somebody else must invite."
        )
    if is_withheld(page):
        return gettext("Nobody may read this page now: no consent covers it.")
    if inviter == page.owner or _is_credited_account(page, inviter):
        return gettext(
            "Whoever wrote the page cannot invite its reviewer. Somebody else must "
            "invite."
        )
    if last_editor(page) == inviter:
        return gettext(
            "Whoever made the last change to the page cannot invite its reviewer. "
            "Somebody else must invite."
        )
    account = Reviewer.objects.filter(person=person.pk, user__is_active=True).first()
    if account:
        return gettext(
            "“{name}” has an account here and approves the review there."
        ).format(name=person.title)
    return refusal(page, person, inviter)


def is_address_of_an_account(email: str) -> bool:
    """Return whether somebody on the staff reads what is sent to this address."""
    accounts = get_user_model().objects.filter(is_active=True)
    return bool(accounts.filter(email__iexact=email.strip()).exists())


def _is_credited_account(page: Any, user: Any) -> bool:
    person = person_of(user)
    if person is not None and _is_credited(page, person):
        return True
    name = user.get_full_name().strip().casefold()
    return bool(name) and any(
        each.name.strip().casefold() == name
        for each in getattr(page, "contributors", ())
    )


def _is_credited(page: Any, person: Any) -> bool:
    name = person.title.casefold()
    return any(
        each.person_id == person.pk or each.name.strip().casefold() == name
        for each in getattr(page, "contributors", ())
    )


def _names_who_wrote_it(page: Any) -> bool:
    return any(each.role in each.WRITING for each in getattr(page, "contributors", ()))


def last_editor(page: Any) -> Any:
    """Return the account that last changed what the page says.

    A version that says the same as the one before it is no change; a correction of
    spelling is one, however it is marked. None where code made the change, or the
    account is gone.
    """
    versions = page.revisions.select_related("user").order_by("-created_at", "-pk")
    newer = None
    for revision in versions.iterator():
        digest = version_of(revision.as_object()).digest
        if newer is not None and newer[1] != digest:
            return newer[0].user
        newer = revision, digest
    return newer[0].user if newer else page.owner
