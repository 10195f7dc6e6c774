"""Requests about somebody, which themselves say whom they are about."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptionError
from core.models.person_requests import PersonRequest
from core.persons.person import Person
from core.persons.registry import Item, PersonalData, Record, row_of


class Requests(PersonalData):
    """Open requests; one that erases is emptied by itself when it has finished."""

    code = "requests"
    name = _("Earlier requests")

    def find(self, person: Person) -> Iterator[Item]:
        for item in self.everything():
            if item.names & person.names:
                yield item

    def everything(self) -> Iterator[Item]:
        kept = PersonRequest.objects.filter(erasure_asked_at=None)
        for request in kept.exclude(person__isnull=True):
            try:
                person = Person.from_text(str(request.person))
            except EncryptionError:
                continue
            url = reverse("person_request", args=[request.pk])
            yield Item(
                str(request.pk), str(request), person.names, request.opened_at, url
            )

    def export(self, item: Item) -> Record:
        request = PersonRequest.objects.get(pk=item.key)
        opened = request.opened_at.isoformat(timespec="minutes")
        return Record(item.label, [(gettext("Opened"), opened)])

    def erase(self, item: Item) -> bool:
        request = row_of(PersonRequest, item)
        if request is None or request.erasure_asked_at or not request.person:
            return False
        request.forget()
        return True
