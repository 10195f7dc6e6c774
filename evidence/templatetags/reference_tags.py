"""Template tags for entries of lists of references."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from evidence.bibliography import entries, study_note
from evidence.models import Reference
from evidence.vocabulary import Style

register = template.Library()


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


@register.simple_tag
def backlinks(number: int, places: Iterable[int]) -> SafeString:
    """Link an entry to the citations of it, given by the numbers of their groups.

    Not in the template: a long article has fifty of them.
    """
    label = escape(gettext("Back to citation %(citation)s of reference %(reference)s"))
    links = (
        f'<a href="#cite-{place:d}"'
        f' aria-label="{label % {"citation": count, "reference": number}}">'
        f"↑&nbsp;{count}</a>"
        for count, place in enumerate(places, start=1)
    )
    return mark_safe(" ".join(links))  # noqa: S308  numbers, and escaped
