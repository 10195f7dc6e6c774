"""Text blocks: headings, lists, questions, comparisons, callouts."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from core.blocks import groups
from core.blocks.choices import KeyBlock
from core.blocks.prose import INLINE, PROSE, ProseBlock, ProseTableBlock


class HeadingBlock(blocks.StructBlock):
    """A heading with an address of its own."""

    text = blocks.CharBlock(max_length=150, label=_("Text"))
    level = KeyBlock(
        choices=[("2", _("Section")), ("3", _("Part of a section"))],
        default="2",
        label=_("Level"),
    )
    anchor = blocks.RegexBlock(
        r"^[a-z0-9][a-z0-9-]*$",
        required=False,
        max_length=80,
        help_text=_(
            "What follows # in a link to this heading. It fills itself in and then "
            "stays, so that links keep working."
        ),
        error_messages={
            "invalid": _("Use small letters, digits and hyphens, such as what-is-it.")
        },
        label=_("Anchor"),
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        group = groups.TEXT
        template = "core/blocks/heading.html"
        label_format = "{text}"
        description = _("A heading, listed in the table of contents")
        preview_value = {"text": "What is known so far?", "level": "2", "anchor": ""}
        form_layout = BlockGroup(children=["text", "level"], settings=["anchor"])

    def render(self, value: Any, context: dict[str, Any] | None = None) -> SafeString:
        """Return what the template says, in a quarter of the time.

        An article has dozens; a test compares the two.
        """
        level = value.get("level") or "2"
        text, anchor = value.get("text"), value.get("anchor")
        if not anchor:
            return format_html('<h{0} class="heading">{1}</h{0}>\n', level, text)
        return format_html(
            '<h{0} class="heading" id="{1}"><a class="heading__link" tabindex="-1" '
            'href="#{1}">{2}</a></h{0}>\n',
            level,
            anchor,
            text,
        )


class ItemListBlock(blocks.StructBlock):
    """Points, one beneath the other."""

    kind = KeyBlock(
        choices=[
            ("bullets", _("Bullets")),
            ("numbers", _("Numbers, for steps in order")),
            ("steps", _("A line of numbered steps, up to five side by side")),
            ("ticks", _("Ticks, for what speaks in favour")),
        ],
        default="bullets",
        label=_("Kind"),
    )
    items = blocks.ListBlock(ProseBlock(features=INLINE), min_num=1, label=_("Items"))

    class Meta:
        icon = "list-ul"
        label = _("List")
        group = groups.TEXT
        template = "core/blocks/item_list.html"
        description = _("Points with bullets, numbers or ticks, or a line of steps")
        preview_value = {
            "kind": "bullets",
            "items": ["<p>Tiredness that rest does not mend</p>", "<p>Numbness</p>"],
        }


class QuestionBlock(blocks.StructBlock):
    """One question and its answer."""

    question = blocks.CharBlock(max_length=200, label=_("Question"))
    answer = ProseBlock(features=PROSE, label=_("Answer"))

    class Meta:
        icon = "help"
        label_format = "{question}"


class QuestionsBlock(blocks.StructBlock):
    """Questions a reader would ask, each of which opens on its answer."""

    items = blocks.ListBlock(QuestionBlock(), min_num=1, label=_("Items"))

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        group = groups.TEXT
        template = "core/blocks/questions.html"
        description = _("Short answers that open on demand")
        preview_value = {
            "items": [
                {
                    "question": "At what age does it usually start?",
                    "answer": "<p>Most people are told between twenty and forty.</p>",
                }
            ]
        }


class ComparisonBlock(blocks.StructBlock):
    """Two or more things, point by point."""

    table = ProseTableBlock(
        [
            ("text", ProseBlock(features=INLINE, label=_("Text"))),
            ("short", blocks.CharBlock(label=_("Word or number"))),
        ],
        label=_("Table"),
    )

    class Meta:
        icon = "table"
        label = _("Comparison table")
        group = groups.TEXT
        template = "core/blocks/comparison.html"
        description = _(
            "A table with headed columns, such as the case for each and the risks"
        )
        preview_value = {
            "table": {
                "caption": "Two ways of treating",
                "columns": [
                    {"type": "short", "heading": ""},
                    {"type": "text", "heading": "Medicine"},
                    {"type": "text", "heading": "Exercise"},
                ],
                "rows": [
                    {
                        "values": [
                            "Risks",
                            "<p>Listed on the leaflet</p>",
                            "<p>Falls, overexertion</p>",
                        ]
                    }
                ],
            },
        }

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Add ``rows``: of each cell, its column's heading and the cell."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        headings = [column["heading"] for column in value["table"].columns]
        context["rows"] = [
            list(zip(headings, row, strict=True)) for row in value["table"].rows
        ]
        return context


class CalloutBlock(blocks.StructBlock):
    """Something set apart because it must not be missed."""

    kind = KeyBlock(
        choices=[
            ("note", _("Note")),
            ("important", _("Important")),
            ("warning", _("Warning: when to get help")),
        ],
        default="note",
        label=_("Kind"),
    )
    heading = blocks.CharBlock(max_length=120, required=False, label=_("Heading"))
    text = ProseBlock(features=PROSE, label=_("Text"))

    class Meta:
        icon = "warning"
        label = _("Callout")
        group = groups.TEXT
        template = "core/blocks/callout.html"
        label_format = "{heading}"
        description = _("A note, an important remark or a warning")
        preview_value = {
            "kind": "warning",
            "heading": "Get help at once",
            "text": "<p>If your sight changes within hours, go to a hospital.</p>",
        }
