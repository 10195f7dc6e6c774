"""Has a form ask for two opinions before a decision, or for none; recorded."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from wagtail.models import Page

from applications.models.decisions import READERS, SecondReader
from applications.models.log_entries import ApplicationLogEntry
from applications.models.pages import ApplicationFormPage

# What the page posts: how many must have read an application.
NUMBERS = {"1": 1, str(READERS): READERS}


def readers_of(form: ApplicationFormPage) -> int:
    """Return how many people must have read an application before a decision."""
    return READERS if SecondReader.objects.filter(form=form).exists() else 1


@transaction.atomic
def ask_for(form: ApplicationFormPage, number: int, *, by: Any) -> None:
    """Ask for so many readers; pressed twice it changes, and records, nothing more.

    Raises:
        core.encryption.KeysUnusableError: It cannot be recorded; nothing was changed.
    """
    # One at a time: each entry of the log says what was before.
    Page.objects.select_for_update().only("pk").get(pk=form.pk)
    before = readers_of(form)
    if before == number:
        return
    if number == READERS:
        SecondReader.objects.create(form=form)
    else:
        SecondReader.objects.filter(form=form).delete()
    ApplicationLogEntry.objects.log_action(
        form,
        "applications.second_reader",
        user=by,
        data={"before": before, "after": number},
    )


def asked_words(data: dict[str, Any]) -> str:
    """Return what the log says, from an entry's data; they may have been erased."""
    return gettext("Readers before a decision: {before} → {after}").format(
        before=data.get("before", ""), after=data.get("after", "")
    )
