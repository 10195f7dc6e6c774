"""Reports by readers, which may hold an address or name somebody."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptionError
from core.persons.person import EMAIL, Person, name, normalised
from core.persons.registry import Item, PersonalData, Record, row_of
from core.persons.scrubbing import scrub_log
from core.text.wording import Wording
from review.models.reader_reports import ReaderReport


class ReportsByReaders(PersonalData):
    """Found is what was sent with the person's address, or has it in its words."""

    code = "reader_reports"
    name = _("Reports by readers")

    def find(self, person: Person) -> Iterator[Item]:
        addresses = {normalised(each) for each in person.of(EMAIL)}
        wording = Wording(person.telling_words)
        for report in ReaderReport.objects.iterator():
            try:
                texts = [str(each) for each in _words(report)]
                is_theirs = normalised(report.email or "") in addresses
            except EncryptionError:
                continue
            if is_theirs or wording.is_in(*texts):
                yield _item(report)

    def everything(self) -> Iterator[Item]:
        for report in ReaderReport.objects.filter(email__isnull=False).iterator():
            try:
                yield _item(report)
            except EncryptionError:
                continue

    def export(self, item: Item) -> Record:
        report = ReaderReport.objects.get(pk=item.key)
        return Record(
            item.label,
            [
                (gettext("Page"), report.page_title),
                (gettext("Kind"), report.get_kind_display()),
                (gettext("Passage"), report.passage),
                (gettext("What they wrote"), report.text),
                (gettext("E-mail address"), report.email or ""),
                (gettext("Received"), date_format(report.received_at)),
                (gettext("What came of it"), report.answer),
            ],
        )

    def erase(self, item: Item) -> bool:
        report = row_of(ReaderReport, item)
        if report is None:
            return False
        scrub_log(report)
        report.delete()
        return True


def _words(report: ReaderReport) -> tuple[str, ...]:
    return report.passage, report.text, report.note, report.answer


def _item(report: ReaderReport) -> Item:
    names = {name(EMAIL, report.email)} if report.email else set()
    return Item(
        str(report.pk),
        str(report),
        frozenset(names),
        report.received_at,
        reverse("reader_reports:edit", args=[report.pk]),
    )
