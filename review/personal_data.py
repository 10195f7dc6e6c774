"""Records of reviews, which are found for their reviewer and kept."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from core.encryption import EncryptionError
from core.outbox.records import forget_about
from core.persons.mentions import NoteMentions
from core.persons.person import EMAIL, Person, name, normalised
from core.persons.registry import Item, PersonalData, Record, row_of
from core.text.wording import Wording
from people.personal_data import PROFILE
from review.history.seating import FORGOTTEN
from review.invitations.mailing import about
from review.models.corrections import PublishedCorrection
from review.models.invitations import Invitation
from review.models.records import ReviewRecord


class Reviews(PersonalData):
    """What somebody has signed as a reviewer."""

    code = "reviews"
    name = _("Medical reviews")

    def find(self, person: Person) -> Iterator[Item]:
        named = Q(person__in=map(int, person.of(PROFILE)))
        for word in person.words:
            # With or without the letters after it.
            named |= Q(name__iexact=word) | Q(name__istartswith=f"{word},")
        for record in ReviewRecord.objects.filter(named):
            yield Item(
                str(record.pk),
                str(record),
                url=reverse("review_records:inspect", args=[record.pk]),
                by_hand=gettext(
                    "Readers have relied on this review, so its record is kept."
                ),
            )

    def export(self, item: Item) -> Record:
        record = ReviewRecord.objects.get(pk=item.key)
        return Record(
            item.label,
            [
                (gettext("Name"), record.name),
                (gettext("Credential"), record.credential),
                (gettext("Declared interest"), record.interest),
                (gettext("Reviewed"), record.reviewed_on.isoformat()),
                (gettext("What was changed"), record.changes),
            ],
        )

    def erase(self, item: Item) -> bool:
        return False


class Invitations(PersonalData):
    """Where somebody without an account was invited to review a page."""

    code = "review_invitations"
    name = _("Invitations to reviews")

    def find(self, person: Person) -> Iterator[Item]:
        of_profile = set(map(int, person.of(PROFILE)))
        for invitation in Invitation.objects.all():
            if invitation.person_id in of_profile or _address(invitation) in person.of(
                EMAIL
            ):
                yield _item(invitation)

    def everything(self) -> Iterator[Item]:
        return map(_item, Invitation.objects.iterator())

    def export(self, item: Item) -> Record:
        invitation = Invitation.objects.get(pk=item.key)
        return Record(
            item.label,
            [
                (
                    gettext("Sent"),
                    localtime(invitation.created_at).isoformat(),
                ),
                (gettext("E-mail address"), str(invitation.email)),
                (gettext("State"), str(invitation.state)),
            ],
        )

    def erase(self, item: Item) -> bool:
        invitation = row_of(Invitation, item)
        if invitation is None:
            return False
        forget_about(about(invitation))
        invitation.delete()
        return True


def _address(invitation: Invitation) -> str:
    """Return the address as people are found by it, "" where none can be read."""
    try:
        return normalised(str(invitation.email)) if invitation.has_address else ""
    except EncryptionError:
        return ""


def _item(invitation: Invitation) -> Item:
    address = _address(invitation)
    return Item(
        str(invitation.pk),
        str(invitation),
        frozenset({name(EMAIL, address)} if address else ()),
        invitation.created_at,
    )


class EarlierVersions(PersonalData):
    """Versions that corrections lead to, and that name somebody.

    Nobody reads them any more, and the version itself is erased like any other.
    """

    code = "earlier_versions"
    name = _("Earlier versions that readers can open")

    def find(self, person: Person) -> Iterator[Item]:
        kept = PublishedCorrection.objects.exclude(version=None).values("version")
        wording = Wording(person.telling_words)
        for version in Revision.objects.filter(pk__in=kept).order_by("pk"):
            if wording.is_in(version.content):
                yield Item(
                    str(version.pk),
                    gettext("Version {number}").format(number=version.pk),
                )

    def export(self, item: Item) -> Record:
        return Record(item.label, [])

    def erase(self, item: Item) -> bool:
        leading = PublishedCorrection.objects.filter(version=item.key)
        return bool(leading.update(version=None))


class CorrectionMentions(NoteMentions):
    """The words go; that something was corrected stays, also when it is put back."""

    instead = FORGOTTEN

    def find(self, person: Person) -> Iterator[Item]:
        # A site has few, and markup may stand within a word.
        wording = Wording(person.telling_words)
        for row in PublishedCorrection.objects.order_by("pk"):
            if wording.is_in(row.text):
                yield self._item(row)


class InterestMentions(NoteMentions):
    """The interest goes; that one was declared stays."""

    instead = "…"


def mentions() -> Iterator[NoteMentions]:
    """Yield the words of records in which somebody else may be named."""
    yield NoteMentions(
        "review_changes", _("What reviewers changed"), ReviewRecord, "changes"
    )
    yield InterestMentions(
        "review_interests", _("Declared interests"), ReviewRecord, "interest"
    )
    yield CorrectionMentions(
        "corrections", _("Published corrections"), PublishedCorrection, "text"
    )
