"""What Wagtail does by itself is still what core replaces, and what for.

A failure here means that Wagtail has changed: adapt the replacement, or drop it.
"""

import inspect
import re
from pathlib import Path

import pytest
import wagtail.admin
from django.template.loader import get_template
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.widgets import AdminPageChooser, chooser
from wagtail.admin.widgets.workflows import AdminTaskChooser

from core.admin import wagtail_patches

TEMPLATES = Path(wagtail.admin.__file__).parent / "templates"


def one_line(text):
    return re.sub(r">\s+<", "><", " ".join(text.split()))


class TestChoosers:
    def test_still_print_a_script(self):
        source = inspect.getsource(chooser)

        assert 'out = f"{widget_html}<script>{js}</script>"' in source
        assert "return mark_safe(out)" in source

    @pytest.mark.parametrize("widget", [AdminPageChooser(), AdminTaskChooser()])
    def test_are_set_up_by_a_call_that_is_understood(self, db, widget):
        html = widget.render("hub", None, {"id": "id_hub"})

        assert "<script" not in html
        assert f'call="{type(widget).__name__.replace("Admin", "create")}' in html or (
            'call="PageChooser"' in html
        )
        assert 'for="id_hub"' in html
        assert widget.render_html("hub", None, {"id": "id_hub"}) in html

    def test_that_are_set_up_otherwise_are_refused(self, db):
        class Odd(AdminPageChooser):
            def render_js_init(self, id_, name, value_data):
                return "const chooser = 1;"

        with pytest.raises(ValueError, match="Odd is set up in an unknown way"):
            Odd().render("hub", None, {"id": "id_hub"})


class TestTemplates:
    """Those of core/templates/wagtailadmin stand in for Wagtail's."""

    @pytest.mark.parametrize("name", ["date", "time", "datetime"])
    def test_of_date_pickers_are_a_field_and_a_script(self, name):
        call = {"date": "Date", "time": "Time", "datetime": "DateTime"}[name]
        path = TEMPLATES / "wagtailadmin" / "widgets" / f"{name}_input.html"

        assert path.read_text().strip() == (
            f"{{% include 'django/forms/widgets/{name}.html' %}}"
            f'<script>init{call}Chooser("{{{{ widget.attrs.id|escapejs }}}}", '
            "{{ widget.config_json|safe }});</script>"
        )

    @pytest.mark.parametrize(
        ("name", "definition"),
        [
            ("InlinePanel", ""),
            (
                "MultipleChooserPanel",
                '{% with script_id="id_"|add:self.formset.prefix|add:"-CHOOSER_WIDGET" '
                "%} {{ chooser_widget_definition|json_script:script_id }} "
                "{% endwith %} ",
            ),
        ],
    )
    def test_of_rows_are_set_up_by_one_block(self, name, definition):
        snake = re.sub("(?<!^)([A-Z])", r"_\1", name).lower()
        text = (TEMPLATES / "wagtailadmin" / "panels" / f"{snake}.html").read_text()
        block = text.partition("{% block js_init %}")[2].partition("{% endblock %}")[0]

        assert one_line(block) == one_line(
            f"{definition}<script> (function() {{ var panel = new {name}"
            '(JSON.parse("{{options_json|escapejs}}")); })(); </script>'
        )

    @pytest.mark.parametrize(
        "name",
        [
            "widgets/date_input",
            "widgets/time_input",
            "widgets/datetime_input",
            "panels/inline_panel",
            "panels/multiple_chooser_panel",
        ],
    )
    def test_are_found_before_wagtail_s(self, name):
        origin = get_template(f"wagtailadmin/{name}.html").origin.name

        assert "core/templates" in origin


class TestExports:
    def test_still_leave_formulas_as_they_are(self):
        stock = wagtail_patches.stock_preprocessing
        view = SpreadsheetExportMixin()

        assert stock(view, "title", "=cmd()", view.FORMAT_CSV) == "=cmd()"

    def test_write_every_cell_through_what_is_replaced(self):
        for method in ("write_csv_row", "generate_xlsx_row"):
            source = inspect.getsource(getattr(SpreadsheetExportMixin, method))

            assert "self.preprocess_field_value(field, value" in source

    def test_are_changed_by_no_view_in_another_way(self):
        writing = {
            "preprocess_field_value",
            "write_csv_row",
            "stream_csv",
            "generate_xlsx_row",
            "write_xlsx",
            "as_spreadsheet",
        }
        for view in subclasses(SpreadsheetExportMixin):
            assert not writing & set(vars(view)), view


def subclasses(parent):
    for child in parent.__subclasses__():
        yield child
        yield from subclasses(child)


def test_rich_text_is_still_read_by_one_parser_that_begins_anew():
    source = inspect.getsource(wagtail_patches.stock_reading)

    assert "self.html_to_contentstate_handler.reset()" in source
    assert "HtmlToContentStateHandler(" not in source
