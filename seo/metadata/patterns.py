"""Patterns of titles and descriptions, such as ``{title} | {site}``.

A variable without a value goes, and with it the part that it alone filled, up to the
separators around: without topic ``{title} | {topic} | {site}`` is
``Cost | The clinic``.
"""

import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

TITLE = "{title} | {site}"
DESCRIPTION = "{summary}"

# What each variable stands for, in words for staff.
VARIABLES = {
    "title": _("the page's own SEO title or else its title"),
    "site": _("the organisation's name"),
    "section": _("the page below the front page that it stands under"),
    "summary": _("the page's summary"),
    "topic": _("its topic"),
    "author": _("its authors"),
}
_EVERY_PAGE = ("title", "site", "section")

_VARIABLE = re.compile(r"\{([^{}]*)\}")
_SEPARATOR = re.compile("(\\s+[|\N{EN DASH}\N{EM DASH}·•-]\\s+|:\\s+)")
# No title holds it: forms and head take control characters out.
_HERE = "\x00"


def variables(page_type: Any, kind: str) -> list[str]:
    """Return what a pattern of ``kind`` ("title", "description") may name."""
    own = page_type.metadata_variables
    return [*_EVERY_PAGE, *(["summary"] if kind == "description" else []), *own]


def problem(pattern: str, page_type: Any, kind: str) -> str:
    """Return in a sentence why ``pattern`` is refused, "" when it is not."""
    known = variables(page_type, kind)
    listed = ", ".join(f"{{{name}}}" for name in known)
    named = _VARIABLE.findall(pattern)
    if unknown := [name for name in named if name not in known]:
        return gettext(
            "There is no variable {unknown} for these pages. Use {listed}."
        ).format(unknown=f"{{{unknown[0]}}}", listed=listed)
    if "{" in _VARIABLE.sub("", pattern) or "}" in _VARIABLE.sub("", pattern):
        return gettext(
            "A bracket is not closed. Write variables as in {listed}."
        ).format(listed=listed)
    if kind == "title" and named.count("title") != 1:
        return gettext(
            "A title pattern names {variable} once, or all pages have the same title."
        ).format(variable="{title}")
    return ""


def fill(pattern: str, value: Callable[[str], str]) -> str:
    """Return ``pattern`` with values in place of its variables.

    Args:
        pattern: One that has no `problem`.
        value: Gives a variable's value by its name, "" for none.
    """
    pieces = _SEPARATOR.split(pattern)
    parts, separators = pieces[::2], ["", *pieces[1::2]]
    filled = ""
    for part, separator in zip(parts, separators, strict=True):
        named = _VARIABLE.findall(part)
        if named and not any(map(value, named)):
            continue
        text = _VARIABLE.sub(lambda found: value(found[1]), part)
        filled += (separator if filled else "") + text
    return filled.strip(" ")


def around_title(pattern: str, value: Callable[[str], str]) -> tuple[str, str]:
    """Return what ``pattern`` puts before and after the page's name."""
    text = fill(pattern, lambda name: _HERE if name == "title" else value(name))
    before, _here, after = text.partition(_HERE)
    return before, after


def values(page: Any, site: str) -> Callable[[str], str]:
    """Return what gives the values of a page's variables, each when it is named."""

    def value(name: str) -> str:
        text = site if name == "site" else _value(page, name)
        return " ".join(text.split())

    return value


def _value(page: Any, name: str) -> str:
    if name == "title":
        return str(page.seo_title or page.title)
    if name == "summary":
        return str(page.summary_text)
    if name == "section":
        steps = page.breadcrumbs
        return steps[1]["title"] if len(steps) > 2 else ""
    return str(getattr(page, name, None) or "") if name in VARIABLES else ""
