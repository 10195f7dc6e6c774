"""What is kept of those who tell stories, so that somebody can be forgotten."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptionError
from core.media.stores import either_store
from core.models.images import SiteImage
from core.models.latest_version import words_of
from core.models.videos import Video
from core.outbox.records import forget_about
from core.persons.after_restore import note, note_done
from core.persons.person import CODE, EMAIL, PAGE, Person, name
from core.persons.pictures import erase_media, files_of
from core.persons.registry import Act, File, Item, PersonalData, Record, row_of
from core.persons.scrubbing import delete_page, scrub_log
from people.personal_data import PROFILE
from testimonials.changes import rows_changed
from testimonials.consent.documents import delete_files, delete_strays, read
from testimonials.consent.links import about
from testimonials.erased_stories import remember
from testimonials.models.appearance import MEDIA, Appearance
from testimonials.models.consent import CHANNELS, SCOPES, Consent
from testimonials.models.consent_document import ConsentDocument
from testimonials.models.pages import TestimonialPage
from testimonials.models.subject import Subject
from testimonials.models.subject_link import SubjectLink, subjects_of


class Subjects(PersonalData):
    """With consents, stories and their versions, and every picture that shows them.

    A picture that shows others as well goes, too: it cannot show them alone.
    """

    code = "subjects"
    name = _("Subjects of stories")

    def find(self, person: Person) -> Iterator[Item]:
        return map(_item, subjects_of(person))

    def everything(self) -> Iterator[Item]:
        return map(_item, Subject.objects.all())

    def widen(self, person: Person) -> Person:
        """Add the name, and the profile of whoever is patient and author."""
        for subject in subjects_of(person):
            stories = subject.stories.values_list("pk", flat=True)
            names = {name(PAGE, str(pk)) for pk in stories}
            names.add(name(CODE, subject.reference_code))
            names |= {name(EMAIL, email) for email in _addresses(subject)}
            if subject.person_id:
                names.add(name(PROFILE, str(subject.person_id)))
            words = {subject.reference_code, subject.name.strip()}
            more = Person(frozenset(names), frozenset(words - {""}))
            person = person.widened(more)
        return person

    def export(self, item: Item) -> Record:
        subject = Subject.objects.get(pk=item.key)
        rows: list[tuple[str, str | list[str]]] = [
            (gettext("Name"), subject.name),
            (gettext("Relation"), subject.get_relation_display()),
            (gettext("Disclosure"), subject.printed_disclosure),
        ]
        rows += [
            (str(consent), _allowed(consent))
            for consent in subject.consents.select_related("wording")
        ]
        links = SubjectLink.objects.filter(subject=subject)
        rows += [(gettext("Link to the consents"), _sent(link)) for link in links]
        for story in subject.stories.all():
            rows.append((gettext("Story"), words_of(story).splitlines()))
        return Record(item.label, rows, _files(subject))

    def erase(self, item: Item) -> bool:
        subject = row_of(Subject, item)
        if subject is None:
            return False
        # Before the stories: what only they say that it shows the person, goes as well.
        for record in _shown(subject):
            erase_media(record)
        for story in TestimonialPage.objects.filter(subject=subject):
            remember(delete_page(story))
        consents = Consent.objects.filter(subject=subject)
        delete_files(consents)
        delete_strays()
        for consent in consents:
            scrub_log(consent)
        consents.delete()
        forget_about(about(subject))
        scrub_log(subject)
        Subject.objects.filter(pk=subject.pk).delete()
        return True


class Withdrawing(Act):
    """Of a consent, which ends for good."""

    code = "testimonials.withdrawn"

    def done(self) -> Iterator[tuple[str, datetime]]:
        consents = Consent.objects.exclude(withdrawn_at=None).select_related("subject")
        for consent in consents:
            yield _name(consent), consent.withdrawn_at or timezone.now()

    def undone(self) -> Iterator[tuple[str, Any, datetime | None]]:
        rows = Consent.objects.filter(withdrawn_at=None)
        for pk, code in rows.values_list("pk", "subject__reference_code").iterator():
            yield _name_of(pk, code), pk, None

    def redo(self, key: Any, at: datetime) -> int:
        consent = Consent.objects.filter(pk=key, withdrawn_at=None).first()
        if consent is None:
            return 0
        consent.withdrawn_at = at
        consent.save(update_fields=["withdrawn_at"])
        return 1


@receiver(post_save, sender=Consent)
def note_a_withdrawal(sender: Any, instance: Any, raw: bool = False, **kw: Any) -> None:
    if not raw and instance.withdrawn_at:
        note(Withdrawing.code, _name(instance), instance.withdrawn_at)


@receiver(rows_changed, sender=Consent)
def note_withdrawals(sender: Any, **kwargs: Any) -> None:
    note_done(Withdrawing())


def _item(subject: Subject) -> Item:
    return Item(
        str(subject.pk),
        str(subject),
        frozenset({name(CODE, subject.reference_code)}),
        subject.created_at,
        url=reverse("story_subjects:edit", args=[subject.pk]),
    )


def _name(consent: Consent) -> str:
    return _name_of(consent.pk, consent.subject.reference_code)


def _name_of(pk: Any, reference_code: str) -> str:
    return f"{name(CODE, reference_code)} consent {pk}"


def _addresses(subject: Subject) -> set[str]:
    """Return where links were sent, without what cannot be read."""
    found: set[str] = set()
    for link in SubjectLink.objects.filter(subject=subject):
        with suppress(EncryptionError):
            found.add(str(link.email))
    return found


def _sent(link: SubjectLink) -> list[str]:
    said = [date_format(timezone.localtime(link.created_at), "DATE_FORMAT")]
    with suppress(EncryptionError):
        said.insert(0, str(link.email))
    return said


def _allowed(consent: Consent) -> list[str]:
    said = [*consent.allowed(SCOPES), *consent.allowed(CHANNELS), consent.version]
    said.append(str(consent.get_given_by_display()))
    if consent.wording:
        said += [consent.wording.purpose, consent.wording.text]
    for sentence, day in (
        (gettext("valid from {day}"), consent.valid_from),
        (gettext("valid until {day}"), consent.valid_until),
        (gettext("given on {day}"), consent.given_on),
        (gettext("confirmed on {day}"), consent.confirmed_on),
        (gettext("withdrawn on {day}"), _day(consent.withdrawn_at)),
        (gettext("seen to elsewhere on {day}"), _day(consent.elsewhere_done_at)),
    ):
        if day:
            said.append(sentence.format(day=date_format(day, "DATE_FORMAT")))
    return said


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def _shown(subject: Subject) -> list[Any]:
    """Return each picture and film that shows the person."""
    found: list[Any] = []
    for model in (Video, SiteImage):
        appearances = Appearance.objects.filter(subject=subject)
        pks = set(appearances.values_list(MEDIA[model], flat=True)) - {None}
        if model is SiteImage and subject.portrait_id:
            pks.add(subject.portrait_id)
        found += model._default_manager.filter(pk__in=pks)
    return found


def _files(subject: Subject) -> list[File]:
    signed = ConsentDocument.objects.filter(consent__subject=subject)
    return [
        *(File(str(each.name), partial(read, each)) for each in signed),
        *(
            File(stored.rpartition("/")[2], partial(_content, stored))
            for record in _shown(subject)
            for stored in files_of(record)
            if either_store.exists(stored)
        ),
    ]


def _content(stored: str) -> Iterator[bytes]:
    with either_store.open(stored) as file:
        yield from file.chunks()
