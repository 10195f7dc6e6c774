"""What lists of references print of each work."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from evidence import study
from evidence.bibliography import entries
from evidence.models import Reference
from evidence.vocabulary import Style

register = template.Library()


@register.simple_tag
def entry(reference: Reference) -> SafeString:
    """Print a work in the style of the site that it was fetched for."""
    style = getattr(reference, "style", None)
    known = style if style in Style.values else Style.AMA.value
    # Escaped when it was made (evidence.bibliography.marks).
    return mark_safe(entries.entry(reference, known))  # noqa: S308


@register.filter
def studied(reference: Reference) -> list[str]:
    """Return what the work studied, in whom, and who paid: of each what is known."""
    return study.sentences(reference)
