"""The question where readers go, in Wagtail's own pages that ask for confirmation."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.widgets import AdminPageChooser

from seo.redirects.asking import ReadersForm, form_for

register = template.Library()

# Where Wagtail's forms begin; a test fails where that changes.
_BEGINNING = '<input type="hidden" name="csrfmiddlewaretoken"'


@register.simple_tag(takes_context=True)
def where_readers_go(context: Any, page: Any) -> ReadersForm | None:
    """Return the form that asks for ``page``, None where nobody has seen it."""
    return form_for(context["request"], [page])


@register.simple_tag(takes_context=True)
def where_readers_of_all_go(context: Any, items: Any) -> ReadersForm | None:
    """Return the form for the pages of a bulk action."""
    return form_for(context["request"], [each["item"] for each in items])


@register.simple_tag
def readers_media() -> SafeString:
    """Print the scripts of the page chooser."""
    return AdminPageChooser().media.render()


@register.filter
def with_question(form_of_wagtail: str, form: ReadersForm | None) -> str:
    """Put the question first into a form of Wagtail's that has no place for it."""
    if form is None:
        return form_of_wagtail
    question = render_to_string("seo/redirects/readers.html", {"form": form})
    whole = form_of_wagtail.replace(_BEGINNING, f"{question}{_BEGINNING}", 1)
    return mark_safe(whole)  # noqa: S308  (both are rendered templates)
