"""Patches of Wagtail where no setting, hook or template reaches.

Each patch names what it replaces, why, and what would make it unnecessary.
``tests/core/admin/test_wagtail_patches.py`` fails when what is replaced changes.
"""

import json
import re
from copy import copy
from typing import Any

from django.utils.html import escapejs, format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.widgets import BaseChooser

from core.admin.spreadsheets import inert_in_csv, printable

# ``new PageChooser("id_hub", {…});`` or ``createTaskChooser("id_task");``
_CALL = re.compile(r"(?:new )?(?P<call>\w+)\((?P<arguments>.*)\);", re.DOTALL)
_SET_UP = '{}<admin-set-up call="{}" for="{}" options="{}" hidden></admin-set-up>'

stock_preprocessing = SpreadsheetExportMixin.preprocess_field_value
stock_reading = ContentstateConverter.from_database_format


def render_chooser(
    chooser: Any, name: str, value: Any, attrs: Any = None, renderer: Any = None
) -> SafeString:
    """Render a chooser that core/admin.js sets up, in place of a script of its own.

    Replaces ``BaseChooser.render``, which prints an inline script that the admin's
    Content-Security-Policy forbids. Unnecessary when Wagtail does without it:
    https://github.com/wagtail/wagtail/issues/12940
    """
    value_data = chooser.get_value_data(value)
    script = chooser.render_js_init(attrs["id"], name, value_data)
    match = _CALL.fullmatch(script)
    if not match:
        raise ValueError(f"{type(chooser).__name__} is set up in an unknown way")
    identifier, *options = json.loads(f"[{match['arguments']}]")
    return format_html(
        _SET_UP,
        mark_safe(chooser.render_html(name, value_data, attrs)),  # noqa: S308  (as Wagtail)
        match["call"],
        identifier,
        escapejs(json.dumps(options[0] if options else {})),
    )


def preprocess_field_value(
    view: Any, field: str, value: Any, export_format: str
) -> Any:
    """Return a cell of an export that no spreadsheet takes for a formula.

    Replaces ``SpreadsheetExportMixin.preprocess_field_value``, which leaves formulas in
    CSV files as they are: https://docs.wagtail.org/en/stable/contributing/security.html
    Each export could say so for itself (``get_preprocess_function``), but Wagtail's own
    reports would not, nor one that Wagtail adds.
    """
    cell = stock_preprocessing(view, field, value, export_format)
    if export_format == view.FORMAT_CSV:
        return inert_in_csv(cell)
    return printable(cell)


def from_database_format(converter: ContentstateConverter, html: str) -> str:
    """Return rich text as its editor reads it, with a parser for this text alone.

    Replaces ``ContentstateConverter.from_database_format``, whose parser serves all
    threads and keeps its place while it reads: of two texts that were opened at once,
    one could end in the editor of the other. Unnecessary with a release that mends
    https://github.com/wagtail/wagtail/issues/14573.
    """
    own = copy(converter)
    own.html_to_contentstate_handler = copy(converter.html_to_contentstate_handler)
    return stock_reading(own, html)


def apply() -> None:
    """Apply the patches, once, when the apps are ready."""
    BaseChooser.render = render_chooser
    SpreadsheetExportMixin.preprocess_field_value = preprocess_field_value
    ContentstateConverter.from_database_format = from_database_format
