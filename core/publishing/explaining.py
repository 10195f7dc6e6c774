"""Explains what autosave could not store.

Wagtail answers an autosave that is no draft with “There are validation errors”. The
editor (core/static/core/explaining.js) then posts the same once more and asks for this.
"""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, JsonResponse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from wagtail.blocks import StreamBlockValidationError

from core.publishing.forms import AUTOSAVED
from core.publishing.stream_errors import named

# What the editor's question holds besides.
EXPLAIN = "explain"


def explain(request: HttpRequest, page: Any, parent: Any) -> JsonResponse:
    """Validate the form as autosave does, and return its errors as JSON.

    ``page`` is thrown away afterwards.
    """
    posted: Any = request.POST.copy()
    posted[AUTOSAVED] = "1"
    form = (
        type(page)
        .get_edit_handler()
        .get_form_class()(
            posted,
            request.FILES,
            instance=page,
            parent_page=parent,
            for_user=request.user,
        )
    )
    form.defer_required_fields()
    form.is_valid()
    fields: dict[str, list[str]] = {}
    streams: dict[str, Any] = {}
    labels: list[str] = []
    rows = [row for formset in form.formsets.values() for row in formset.forms]
    for part in [form, *rows]:
        if posted.get(part.add_prefix("DELETE")):
            continue
        for name, errors in part.errors.as_data().items():
            place = part.add_prefix(name)
            fields[place] = [text for error in errors for text in _messages(error)]
            for error in errors:
                if isinstance(error, StreamBlockValidationError):
                    streams[place] = error.as_json_data()
            if name != NON_FIELD_ERRORS:
                labels += _labels(part, name, errors)
    return JsonResponse(
        {"summary": _summary(labels), "fields": fields, "streams": streams}
    )


def _labels(form: Any, name: str, errors: list[Any]) -> list[str]:
    """Return what is invalid in a field: the field, or the entries of a stream."""
    label, labels = str(form.fields[name].label), []
    for error in errors:
        entries = getattr(error, "block_errors", {}) or {}
        stream: Any = form[name].value() if entries else ()
        for position, wrong in entries.items():
            child = stream[position]
            kind = f"{child.block.label} {position + 1}"
            for path, _message in named(child.block, child.value, wrong):
                labels.append(", ".join((label, kind, *path)))
    return labels or [label]


def _messages(error: Any) -> list[str]:
    return [] if isinstance(error, StreamBlockValidationError) else error.messages


def _summary(labels: list[str]) -> str:
    if not labels:
        return ""
    return _(
        "Autosave waits until this is corrected: {fields}. The reason is shown there."
    ).format(fields=get_text_list([f"“{label}”" for label in labels], _("and")))
