"""Publishing rules for what was true once: old evidence, a year in the title."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core.publishing.gate import Level, Problem, register
from core.publishing.rules.findings import problem_of
from evidence.rules.adjustable import Adjustable, settings_for
from evidence.rules.cited import cited
from evidence.vocabulary import Status


@register
class OldEvidence(Adjustable):
    """Warns where even the newest work that a page cites is old."""

    code = "old-evidence"
    title = _("Newest evidence is old")
    level: Level = "warn"
    setting = "old_evidence"

    def problems(self, page: Any) -> Iterator[Problem]:
        dated = [
            (work.issued_year, work, spot)
            for spot, work in cited(page).first_spots()
            if work.issued_year and work.status != Status.RETRACTED
        ]
        if not dated:
            return
        year, newest, spot = max(dated, key=lambda each: each[0])
        age = timezone.localdate().year - year
        allowed = settings_for(page).old_evidence_years
        if age > allowed:
            sentence = ngettext(
                "The newest work on this page is “{work}”, older than {years} year. "
                "Look for newer ones, or say why there are none.",
                "The newest work on this page is “{work}”, older than {years} years. "
                "Look for newer ones, or say why there are none.",
                allowed,
            ).format(work=newest.short_label, years=allowed)
            yield problem_of(spot, self, sentence, about=str(newest.pk))


# Titles name earlier years for what happened then.
# “2019-nCoV” and “ABC-2015” are names.
_YEAR = re.compile(r"(?<![\w-])(?<!\d[./:–])20\d\d(?!-?\w|[./:–]\d)")  # noqa: RUF001
# “since 2017” and “the 2017 McDonald criteria” stay true.
_BEGINS = re.compile(
    r"\b(?:after|back in|before|born in|from|of|since|until|till|aus|nach|seit|von)"
    r"\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_NAMED_AFTER = re.compile(
    r"^(?:\s+[\w-]+){0,2}\s+(?:act|campaign|census|classification|conference|congress"
    r"|consensus|criteria|definition|edition|guidelines?|law|marathon|outbreak"
    r"|pandemic|paper|recommendations?|report|revision|scandal|stud(?:y|ies)|survey"
    r"|trials?|warning)\b",
    re.IGNORECASE,
)
_TITLES = ("title", "seo_title", "social_title", "breadcrumb_title")


def years_of_now(title: str) -> list[int]:
    """Return the years in a title by which it calls itself current."""
    return [
        int(year[0])
        for year in _YEAR.finditer(title)
        if not _BEGINS.search(title[: year.start()])
        and not _NAMED_AFTER.match(title[year.end() :])
    ]


@register
class YearInTitle(Adjustable):
    """Warns of a title whose year was over when the page last changed."""

    code = "year-in-title"
    title = _("Year in the title is over")
    level: Level = "warn"
    setting = "year_in_title"

    def problems(self, page: Any) -> Iterator[Problem]:
        changed = _changed_in(page)
        for name in _TITLES:
            title = getattr(page, name, None) or ""
            years = years_of_now(title)
            if years and max(years) < changed:
                sentence = gettext(
                    "“{title}” speaks of {year}, and the page was last changed in "
                    "{changed}. Take the year out, or bring title and text up to date."
                ).format(title=title, year=max(years), changed=changed)
                yield Problem(self.code, self.level, sentence, name, about=title)


def _changed_in(page: Any) -> int:
    """Return the year of the last change that readers should know of."""
    is_changing = page.significant_change or page.modified_at is None
    moment = timezone.now() if is_changing else page.modified_at
    return int(timezone.localtime(moment).year)
