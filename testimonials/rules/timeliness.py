"""Publishing rule for stories that say they go on, and do not."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.publishing.gate import Level, Problem, register
from evidence.rules.adjustable import Adjustable, settings_for
from testimonials.chronology import DAYS
from testimonials.models.pages import TestimonialPage


@register
class NothingNew(Adjustable):
    """Warns of a story whose readers wait for entries that do not come."""

    code = "nothing-new"
    title = _("Story that goes on has stopped")
    level: Level = "warn"
    setting = "nothing_new"

    def problems(self, page: Any) -> Iterator[Problem]:
        if not (isinstance(page, TestimonialPage) and page.ongoing):
            return
        months = settings_for(page).nothing_new_months
        last = _last_news_of(page)
        patience = timedelta(days=months * DAYS["months"])
        if last is None or last >= timezone.localdate() - patience:
            return
        sentence = ngettext(
            "Readers are told that this story goes on, and the last news is of {day}, "
            "more than {months} month ago. Add an entry, or take the promise back.",
            "Readers are told that this story goes on, and the last news is of {day}, "
            "more than {months} months ago. Add an entry, or take the promise back.",
            months,
        ).format(day=date_format(last), months=months)
        yield Problem(
            self.code, self.level, sentence, "ongoing", about=last.isoformat()
        )


def _last_news_of(page: TestimonialPage) -> date | None:
    """Return the day of the latest entry or, where none has one, of the last change."""
    if page.last_entry_on:
        return page.last_entry_on
    changed = page.modified_at
    return timezone.localdate(changed) if changed else None
