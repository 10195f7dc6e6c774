"""E-mails that wait to be sent, which are decrypted to see whom they go to."""

from collections.abc import Iterator
from email.utils import parseaddr
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptionError
from core.models.outgoing_mail import OutgoingMail
from core.outbox.messages import from_text
from core.persons.person import EMAIL, Person, name, normalised
from core.persons.registry import Item, PersonalData, Record, row_of
from core.persons.scrubbing import forget_tasks
from core.text.wording import Wording


class WaitingMail(PersonalData):
    """Those to a person's mailbox, and those to staff with a number of theirs."""

    code = "mail"
    name = _("E-mails that wait")

    def find(self, person: Person) -> Iterator[Item]:
        wording = Wording(person.telling_words)
        for mail, recipients, texts in _readable():
            if recipients & person.mailboxes or wording.is_in(*texts):
                yield _item(mail, recipients)

    def everything(self) -> Iterator[Item]:
        for mail, recipients, _texts in _readable():
            yield _item(mail, recipients)

    def export(self, item: Item) -> Record:
        message = from_text(OutgoingMail.objects.get(pk=item.key).message)
        rows: list[tuple[str, str | list[str]]] = [
            (gettext("Subject"), str(message.subject)),
            (gettext("To"), [str(each) for each in message.to]),
            (gettext("Text"), str(message.body)),
        ]
        return Record(item.label, rows)

    def erase(self, item: Item) -> bool:
        mail = row_of(OutgoingMail, item)
        if mail is None:
            return False
        forget_tasks([str(mail.pk)])
        mail.delete()
        return True


def _item(mail: OutgoingMail, recipients: set[str]) -> Item:
    names = frozenset(name(EMAIL, each) for each in recipients)
    return Item(str(mail.pk), str(mail), names, mail.created_at)


def _readable() -> Iterator[tuple[OutgoingMail, set[str], list[str]]]:
    """Yield each e-mail with whom it goes to, normalised, and what it says."""
    for mail in OutgoingMail.objects.order_by("pk").iterator():
        try:
            text = str(mail.message)
        except EncryptionError:
            continue  # under a key that is gone, so that nobody is sent it
        message = from_text(text)
        to = [*message.to, *message.cc, *message.bcc]
        texts: list[Any] = [message.subject, message.body]
        texts += [alternative[0] for alternative in message.alternatives]
        recipients = {normalised(parseaddr(each)[1]) for each in to}
        yield mail, recipients, list(map(str, texts))
