"""Tells a reader what came of a report, once, and forgets what is kept long enough."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone, translation
from django.utils.translation import gettext
from wagtail.models import Site

from core.mail import Letter, Subject, letter
from core.outbox.records import forget_about
from core.querysets import shown_pages
from review.models.reader_reports import ReaderReport


def is_ready(report: ReaderReport) -> bool:
    """Return whether there is an answer that its reader waits for.

    Raises:
        core.encryption.EncryptionError: The answer cannot be read.
    """
    return bool(
        report.has_address
        and report.answer
        and not report.is_open
        and report.told_at is None
    )


@transaction.atomic
def tell(report: ReaderReport) -> bool:
    """Queue the e-mail to whoever reported it; return whether it was this call.

    Nothing is sent where the report is not as ``report`` says any more, since somebody
    else has changed it or told the reader meanwhile.
    """
    waiting = ReaderReport.objects.filter(
        pk=report.pk, version=report.version, told_at=None, email__isnull=False
    )
    # A form that is open meanwhile is not to undo it.
    told = {"told_at": timezone.now(), "version": F("version") + 1}
    if not (is_ready(report) and waiting.update(**told)):
        return False
    answer_letter(report).send()
    return True


def answer_letter(report: ReaderReport) -> Letter:
    """Return the e-mail, in the language of the page; it says nothing that was typed.

    Raises:
        core.encryption.EncryptionError: The answer or the address cannot be read.
    """
    page = shown_pages().filter(pk=report.page_id).first()
    site = page.get_site() if page else None
    site = site or Site.objects.filter(is_default_site=True).first()
    name = (site.site_name or site.hostname) if site else ""
    with translation.override(report.language or settings.LANGUAGE_CODE):
        context: dict[str, Any] = {
            "site_name": name,
            "root_url": site.root_url if site else "",
            "page_title": page.title if page else "",
            "page_url": page.full_url if page else "",
            "received_at": report.received_at,
            "outcome": report.get_status_display(),
            "answer": report.answer,
        }
        return letter(
            gettext("What came of your report"),
            "review/emails/answer",
            context,
            [str(report.email)],
            headers={"Auto-Submitted": "auto-generated"},
            about_what=Subject((report.about,), "answer", "reader"),
        )


def forget() -> tuple[int, int, int]:
    """Delete addresses and reports kept for as long as was said.

    Returns how many addresses, how many of them of readers never told, and how many
    reports.
    """
    addresses = ReaderReport.objects.with_outdated_address()
    for report in addresses.only("pk"):
        forget_about(report.about)
    untold = addresses.filter(told_at=None).count()
    forgotten = addresses.update(email=None, version=F("version") + 1)
    deleted = ReaderReport.objects.outdated().delete()[1]
    return forgotten, untold, deleted.get(ReaderReport._meta.label, 0)


@receiver(post_delete, sender=ReaderReport)
def forget_its_mail(sender: Any, instance: ReaderReport, **kwargs: Any) -> None:
    forget_about(instance.about)
