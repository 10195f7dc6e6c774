"""Template tags for entries of lists of references."""

from collections.abc import Sequence

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from evidence.bibliography import entries, study_note
from evidence.models import Reference
from evidence.vocabulary import Style

register = template.Library()

MOST_IN_A_ROW = 3  # citations


@register.simple_tag
def entry(reference: Reference) -> SafeString:
    """Render a work in the site's style."""
    style = getattr(reference, "style", None)
    known = style if style in Style.values else Style.AMA.value
    # Escaped when it was made (evidence.bibliography.marks).
    return mark_safe(entries.entry(reference, known))  # noqa: S308


@register.filter
def studied(reference: Reference) -> list[str]:
    """Return the study note of a work."""
    return study_note.sentences(reference)


@register.filter
def counted(reference: Reference) -> str:
    """Return how many were studied in a work."""
    return study_note.counted(reference)


@register.simple_tag
def backlinks(number: int, places: Sequence[int]) -> SafeString:
    """Link an entry to the citations of it, given by the numbers of their groups.

    Of many all but the first are folded away, so that the keyboard need not pass them.
    Not in the template: a long article has fifty of them.
    """
    label = escape(gettext("Back to citation %(citation)s of reference %(reference)s"))
    links = [
        mark_safe(  # noqa: S308  numbers, and escaped
            f'<a href="#cite-{place:d}"'
            f' aria-label="{label % {"citation": count, "reference": number}}">'
            f"↑&nbsp;{count}</a>"
        )
        for count, place in enumerate(places, start=1)
    ]
    if len(links) <= MOST_IN_A_ROW:
        return _in_a_row(links)
    more = len(links) - 1
    said = ngettext("and %(number)s more time", "and %(number)s more times", more)
    return format_html(
        "{} <details><summary>{}"
        '<span class="visually-hidden"> {}</span></summary>{}</details>',
        links[0],
        said % {"number": more},
        gettext("of reference %(reference)s") % {"reference": number},
        _in_a_row(links[1:]),
    )


def _in_a_row(links: list[SafeString]) -> SafeString:
    return mark_safe(" ".join(links))  # noqa: S308  made above
