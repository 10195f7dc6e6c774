"""What a crawler sees of a page, in sentences for an editor."""

from collections.abc import Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from seo.crawling.answer import Answer
from seo.crawling.rules import Chosen


def sentences(answer: Answer) -> Iterator[str]:
    """Yield what is seen and why: the verdict first."""
    yield verdict(answer)
    if not answer.is_reachable:
        return
    rules = answer.rules
    if rules.follow.value == "no":
        yield _("They do not follow its links{source}.").format(
            source=_from(rules.follow, answer)
        )
    if answer.is_shown:
        yield from _about_the_entry(answer)
    if answer.is_open and rules.last_day.value:
        yield _("They are to leave it out after {day}{source}.").format(
            day=_day(rules.last_day.value), source=_from(rules.last_day, answer)
        )


def verdict(answer: Answer) -> str:
    """Return whether search engines show the page, and what decides it."""
    rules = answer.rules
    if not answer.address:
        return _("The page is on no site, so that nobody finds it.")
    if not answer.is_reachable:
        return _("The page is not published, so that search engines do not find it.")
    if answer.header:
        return _(
            "Search engines are turned away from the whole site by the setting "
            "SEARCH_ENGINES_ALLOWED, so they leave the page out."
        )
    if answer.password:
        return _(
            "Search engines leave the page out: {page} asks for a password."
        ).format(page=_named(answer.password, answer))
    if rules.is_over:
        return _(
            "Search engines and the sitemap leave the page out: its last day was "
            "{day}{source}."
        ).format(day=_day(rules.last_day.value), source=_from(rules.last_day, answer))
    if rules.noindex:
        return _(
            "Search engines and the sitemap leave the page out: “no” is chosen{source}."
        ).format(source=_from(rules.index, answer))
    if answer.closed_by:
        return _("Search engines do not read the page: robots.txt says {line}.").format(
            line=answer.closed_by
        )
    if answer.elsewhere:
        return _(
            "Search engines show {address} in place of the page, and the sitemap "
            "leaves it out: {reason}."
        ).format(address=answer.elsewhere, reason=_reason(answer))
    if answer.in_sitemap:
        return _("Search engines may show the page, and the sitemap lists it.")
    return _("Search engines may show the page, and the sitemap does not list it.")


def _reason(answer: Answer) -> str:
    if answer.canonical is None:
        return _("the address is typed as the canonical one")
    if answer.page.canonical_page_id == answer.canonical.page.pk:
        return _("“{title}” is chosen as its canonical page").format(
            title=answer.canonical.page.title
        )
    return _("it is an alias of “{title}”").format(title=answer.canonical.page.title)


def _about_the_entry(answer: Answer) -> Iterator[str]:
    snippet, preview = answer.rules.max_snippet, answer.rules.image_preview
    if snippet.value == 0:
        yield _("Results show its title only{source}.").format(
            source=_from(snippet, answer)
        )
    elif snippet.value > 0:
        yield _("Results show at most {count} characters of it{source}.").format(
            count=snippet.value, source=_from(snippet, answer)
        )
    if preview.value == "none":
        yield _("Results show none of its pictures{source}.").format(
            source=_from(preview, answer)
        )
    elif preview.value:
        size = _("large") if preview.value == "large" else _("small")
        yield _("Results show its pictures {size}{source}.").format(
            size=size, source=_from(preview, answer)
        )


def _from(chosen: Chosen, answer: Answer) -> str:
    """Return where a rule was chosen, to stand behind a sentence."""
    if chosen.source is None:
        return ""
    if chosen.source.pk == answer.page.pk:
        return _(" on this page")
    return _(" on “{title}”").format(title=chosen.source.title)


def _named(page: Any, answer: Answer) -> str:
    if page.pk == answer.page.pk:
        return _("it")
    return _("“{title}”").format(title=page.title)


def _day(day: Any) -> str:
    return str(date_format(day))
