"""Template tags for entries of lists of references."""

from django import template
from django.utils.safestring import SafeString, mark_safe

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
