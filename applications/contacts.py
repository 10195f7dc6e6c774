"""Finds an applicant's e-mail address, and hashes it so that it can be looked up."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr

from applications.models.applications import Application
from applications.models.definitions import FormDefinition
from applications.models.links import AccessLink
from core import encryption
from core.keys.holdings import Holding


def email_in(content: dict[str, Any], answers: Mapping[str, Any]) -> str:
    """Return the answer to the first question for an e-mail address, "" for none.

    A later one may ask for somebody else's, such as a doctor's: what an applicant may
    see goes to no other address than their own.

    Args:
        content: A frozen definition.
        answers: By question id.
    """
    for question in content["questions"]:
        if question["kind"] == "email":
            return str(answers.get(question["id"]) or "")
    return ""


def question_ids(kind: str) -> dict[int, list[str]]:
    """Return the ids of the questions of a kind, in order, by definition.

    For whoever looks through all applications: each definition is read once.
    """
    definitions = FormDefinition.objects.order_by().values_list("pk", "content")
    return {
        pk: [each["id"] for each in content["questions"] if each["kind"] == kind]
        for pk, content in definitions.iterator(chunk_size=100)
    }


def email_of(application: Application) -> str:
    """Return the applicant's e-mail address, "" when none was given.

    Raises:
        core.encryption.EncryptionError: It cannot be read.
    """
    content = application.definition.content
    asked = [each["id"] for each in content["questions"] if each["kind"] == "email"]
    answers = application.answers.filter(question__in=asked)
    return email_in(content, {each.question: each.given for each in answers})


def contact_hash(email: str) -> str:
    """Return a keyed hash of an e-mail address, "" for none.

    However it is typed: capitals and spaces around it do not count. Whoever finds a
    mailbox by it writes to the address that was given first, never to the one typed.
    """
    return encryption.digest(_normalised(email)) if email else ""


def contact_hashes(email: str) -> list[str]:
    """Return the hashes of an address under every key, to look it up by."""
    return encryption.digests(_normalised(email))


class ContactHashes(Holding):
    """The hashes by which applications are found, worked out where one is missing."""

    name = "hashes of e-mail addresses"

    def in_use(self) -> Counter[str]:
        return _counted(Application.objects.all())

    def renew(self) -> Iterator[bool]:
        """Hash each address anew from the answer that holds it.

        One application at a time, so that it waits for nobody and nobody for it.
        """
        first = encryption.key_names()[0]
        done = Q(contact_hash="") | Q(contact_hash__startswith=first)
        waiting = Application.objects.filter(Q(contact_hash=None) | ~done)
        for pk in list(waiting.values_list("pk", flat=True)):
            applications = Application.objects.select_related("definition")
            application = applications.filter(pk=pk).first()
            if application is None:
                continue  # deleted meanwhile
            try:
                contact = contact_hash(email_of(application))
            except encryption.EncryptionError:
                yield False
                continue
            Application.objects.filter(pk=pk).update(contact_hash=contact)
            yield True


class LinkHashes(Holding):
    """The hashes by which links to drafts are sent again."""

    name = "hashes of addresses that links were sent to"

    def in_use(self) -> Counter[str]:
        return _counted(AccessLink.objects.all())

    def renew(self) -> Iterator[bool]:
        first = encryption.key_names()[0]
        waiting = AccessLink.objects.exclude(contact_hash="").exclude(
            contact_hash__startswith=first
        )
        for link in waiting.iterator():
            try:
                contact = contact_hash(link.email)
            except encryption.EncryptionError:
                yield False
                continue
            AccessLink.objects.filter(pk=link.pk).update(contact_hash=contact)
            yield True


def _counted(rows: "QuerySet[Any]") -> Counter[str]:
    hashed = rows.exclude(contact_hash=None).exclude(contact_hash="")
    name = Substr("contact_hash", 1, encryption.NAME_LENGTH)
    counted = hashed.order_by().values(key=name).annotate(number=Count("pk"))
    return Counter({row["key"]: row["number"] for row in counted})


def _normalised(email: str) -> str:
    return "contact " + unicodedata.normalize("NFKC", email.strip()).casefold()
