"""Feedback on forms, which may name somebody."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.models.feedback import Feedback
from core.encryption import EncryptionError
from core.persons.person import Person
from core.persons.registry import Item, PersonalData, Record, row_of
from core.text.wording import Wording


class FeedbackThatNames(PersonalData):
    """Feedback is tied to nobody; found is what has the person's address in it."""

    code = "feedback"
    name = _("Feedback on forms")

    def find(self, person: Person) -> Iterator[Item]:
        wording = Wording(person.telling_words)
        for feedback in Feedback.objects.iterator():
            try:
                text = str(feedback.text)
            except EncryptionError:
                continue
            if wording.is_in(text):
                yield Item(
                    str(feedback.pk), str(feedback), url=reverse("form_feedback")
                )

    def export(self, item: Item) -> Record:
        feedback = Feedback.objects.get(pk=item.key)
        return Record(item.label, [(gettext("Text"), str(feedback.text))])

    def erase(self, item: Item) -> bool:
        feedback = row_of(Feedback, item)
        if feedback is None:
            return False
        feedback.delete()
        return True
