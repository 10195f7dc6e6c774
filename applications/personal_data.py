"""What is kept of applicants, so that somebody can be found, exported and forgotten."""

import json
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.answers import shown_answers
from applications.contacts import contact_hashes, email_of, question_ids
from applications.deciding.record import rows_about
from applications.feedback.personal_data import FeedbackThatNames
from applications.forgetting import delete_application, delete_draft
from applications.models.applications import Answer, Application
from applications.models.drafts import Draft
from applications.models.links import AccessLink, LinkRequest
from applications.models.log_entries import ApplicationLogEntry
from applications.models.uploads import Upload
from applications.models.withdrawals import DeletedApplication
from applications.uploads.stored import is_whole, read
from core.encryption import EncryptionError
from core.persons.person import EMAIL, REFERENCE, Person, name, normalised
from core.persons.registry import File, Item, PersonalData, Record, Sealed, row_of
from core.persons.scrubbing import forget_tasks

_ROWS = 500  # at a time

Rows = list[tuple[str, str | list[str]]]


class Applications(PersonalData):
    """With answers, files, links, and consents that were taken back."""

    code = "applications"
    name = _("Applications")

    def find(self, person: Person) -> Iterator[Item]:
        hashes = _hashes(person)
        named = Q(reference__in=person.of(REFERENCE)) | Q(contact_hash__in=hashes)
        # Of those that came before hashes did, the address is in the answer alone.
        for application in _with_forms().filter(named | Q(contact_hash=None)):
            if application.contact_hash is not None or (
                _email(application) in person.of(EMAIL)
            ):
                yield _item(application)

    def everything(self) -> Iterator[Item]:
        asked = question_ids("email")
        # Of each its first one; the definitions would be read with every row.
        firsts = {ids[0] for ids in asked.values() if ids}
        answers = Answer.objects.filter(question__in=firsts)
        rows = Application.objects.only("reference", "submitted_at", "definition")
        rows = rows.order_by("pk").prefetch_related(Prefetch("answers", answers))
        for application in rows.iterator(chunk_size=_ROWS):
            first = asked[application.definition_id][:1]
            given = [
                each for each in application.answers.all() if [each.question] == first
            ]
            yield _item_of(application, _email_among(given))

    def widen(self, person: Person) -> Person:
        """Add numbers, and the mailboxes of those who were found by a number."""
        for item in list(self.find(person)):
            application = Application.objects.get(pk=item.key)
            number, email = application.reference, _email(application)
            person = person.widened(
                Person(
                    frozenset({name(REFERENCE, number)}),
                    frozenset({number}),
                    frozenset({email} - {""}),
                )
            )
        return person

    def export(self, item: Item) -> Record:
        application = _with_forms().get(pk=item.key)
        rows: Rows = [
            (gettext("Form"), application.definition.page.title),
            (gettext("Received"), _when(application.submitted_at)),
        ]
        for answer in shown_answers(application):
            said = answer.get("given", [str(answer.get("problem", ""))])
            rows.append((answer["question"]["label"], [str(text) for text in said]))
        rows += rows_about(application)
        return Record(item.label, rows, _files(application.uploads.all()))

    def erase(self, item: Item) -> bool:
        application = row_of(Application, item)
        if application is None:
            return False
        delete_application(application)
        return True


class Drafts(PersonalData):
    """Found by a link that was mailed, or by the address among the answers."""

    code = "drafts"
    name = _("Drafts of applications")

    def find(self, person: Person) -> Iterator[Item]:
        linked = AccessLink.objects.filter(
            contact_hash__in=_hashes(person), draft__isnull=False
        )
        pks = set(linked.values_list("draft", flat=True))
        emails, asked = set(person.of(EMAIL)), question_ids("email")
        for draft in _drafts():
            typed = _typed_email(draft, asked[draft.definition_id])
            if draft.pk in pks or typed in emails:
                yield _draft_item(draft, typed)

    def everything(self) -> Iterator[Item]:
        asked = question_ids("email")
        for draft in _drafts():
            yield _draft_item(draft, _typed_email(draft, asked[draft.definition_id]))

    def export(self, item: Item) -> Record:
        draft = Draft.objects.select_related("definition").get(pk=item.key)
        labels = {each["id"]: each for each in draft.definition.content["questions"]}
        rows: Rows = [(gettext("Begun"), _when(draft.created_at))]
        for question, typed in json.loads(str(draft.answers)).items():
            label = labels.get(question, {}).get("label", question)
            rows.append((label, typed if isinstance(typed, str) else json.dumps(typed)))
        return Record(item.label, rows, _files(draft.uploads.all()))

    def erase(self, item: Item) -> bool:
        draft = row_of(Draft, item)
        if draft is None:
            return False
        delete_draft(draft)
        return True


class LinkRequests(PersonalData):
    """That links were asked for, by hashes of the address."""

    code = "link_requests"
    name = _("Requests for links")

    def find(self, person: Person) -> Iterator[Item]:
        hashes = set(_hashes(person))
        for request in LinkRequest.objects.iterator():
            if hashes & set(request.hashes):
                yield Item(str(request.pk), str(request), since=request.created_at)

    def export(self, item: Item) -> Record:
        request = LinkRequest.objects.get(pk=item.key)
        return Record(item.label, [(gettext("Asked"), _when(request.created_at))])

    def erase(self, item: Item) -> bool:
        request = row_of(LinkRequest, item)
        if request is None:
            return False
        forget_tasks([str(request.pk)])
        request.delete()
        return True


class DeletedApplications(PersonalData):
    """What is left of an application that its applicant deleted: number and dates."""

    code = "deleted_applications"
    name = _("Deleted applications")

    def find(self, person: Person) -> Iterator[Item]:
        rows = DeletedApplication.objects.filter(reference__in=person.of(REFERENCE))
        return map(_deleted_item, rows)

    def everything(self) -> Iterator[Item]:
        return map(_deleted_item, DeletedApplication.objects.iterator())

    def widen(self, person: Person) -> Person:
        rows = DeletedApplication.objects.filter(reference__in=person.of(REFERENCE))
        numbers = rows.values_list("reference", flat=True)
        return person.widened(Person(frozenset(), frozenset(numbers)))

    def export(self, item: Item) -> Record:
        deleted = DeletedApplication.objects.get(pk=item.key)
        return Record(
            item.label,
            [
                (gettext("Received"), _when(deleted.submitted_at)),
                (gettext("Deleted"), _when(deleted.deleted_at)),
            ],
        )

    def erase(self, item: Item) -> bool:
        deleted = row_of(DeletedApplication, item)
        if deleted is None:
            return False
        said = ApplicationLogEntry.objects.filter(label__contains=deleted.reference)
        said.erase_words()
        deleted.delete()
        return True


def files() -> Iterator[Sealed]:
    """Yield every file of applicants, decrypted as it is read."""
    for upload in Upload.objects.defer("name").iterator():
        yield Sealed(f"applicants/{upload.stored_name}", partial(read, upload))


KINDS = (Applications, Drafts, LinkRequests, DeletedApplications, FeedbackThatNames)


def _with_forms() -> Any:
    return Application.objects.select_related("definition__page").order_by("pk")


def _drafts() -> Iterator[Draft]:
    drafts = Draft.objects.only("answers", "created_at", "definition").order_by("pk")
    return drafts.prefetch_related("links").iterator(chunk_size=_ROWS)


def _item(application: Application) -> Item:
    return _item_of(application, _email(application))


def _item_of(application: Application, email: str) -> Item:
    names = {name(REFERENCE, application.reference)}
    if email:
        names.add(name(EMAIL, email))
    url = reverse("application:inspect", args=[application.pk])
    since = application.submitted_at
    return Item(str(application.pk), str(application), frozenset(names), since, url)


def _draft_item(draft: Draft, typed: str) -> Item:
    emails = {typed, *map(_linked_email, draft.links.all())} - {""}
    names = frozenset(name(EMAIL, email) for email in emails)
    return Item(str(draft.pk), str(draft), names, draft.created_at)


def _deleted_item(deleted: DeletedApplication) -> Item:
    names = frozenset({name(REFERENCE, deleted.reference)})
    return Item(str(deleted.pk), str(deleted), names, deleted.submitted_at)


def _hashes(person: Person) -> list[str]:
    return [each for email in person.of(EMAIL) for each in contact_hashes(email)]


def _email(application: Application) -> str:
    """Return the applicant's address, normalised, "" where it cannot be read."""
    try:
        return normalised(email_of(application))
    except EncryptionError:
        return ""


def _email_among(answers: list[Answer]) -> str:
    """Return the address that one of ``answers`` is, normalised, "" for none."""
    try:
        return normalised("".join(str(each.given or "") for each in answers))
    except EncryptionError:
        return ""


def _typed_email(draft: Draft, asked: list[str]) -> str:
    """Return the answer to the first of the questions ``asked``, "" for none."""
    try:
        answers = json.loads(str(draft.answers))
    except EncryptionError:
        return ""
    return normalised(str(answers.get(asked[0]) or "")) if asked else ""


def _linked_email(link: AccessLink) -> str:
    try:
        return normalised(str(link.email))
    except EncryptionError:
        return ""


def _when(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def _files(uploads: Iterable[Upload]) -> list[File]:
    files = []
    for upload in uploads:
        try:
            if upload.can_be_read and is_whole(upload):
                # Before the archive begins, which would break off at every try.
                read(upload)
                files.append(File(str(upload.name), partial(read, upload)))
        except EncryptionError:
            continue
    return files
