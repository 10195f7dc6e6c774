"""Every block stands in a group and is named after its template.

How it is drawn is proved in tests/demonstration/test_styleguide.py.
"""

import re

import pytest
from django.template.loader import get_template
from wagtail.rich_text import RichText

from core.blocks.text import HeadingBlock
from demonstration.styleguide.patterns import block_patterns
from home.blocks import PageBodyBlock

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize("block", [p.block for p in block_patterns().values()])
def test_has_a_template(block):
    assert get_template(block.get_template())


@pytest.mark.parametrize("block", PageBodyBlock().child_blocks.values())
def test_stands_in_a_group_of_the_picker(block):
    assert block.meta.group


def test_a_block_and_its_template_share_a_name():
    for name, block in PageBodyBlock().child_blocks.items():
        template = block.get_template()
        if type(block).__name__ == "ProseBlock":
            continue
        words = re.sub(
            r"(?<!^)(?=[A-Z])", "_", type(block).__name__.removesuffix("Block")
        )
        assert template.endswith(f"/blocks/{words.lower()}.html"), name


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("paragraph", "<p>Rest &amp; <b>work</b>.</p>"),
        ("paragraph", ""),
        ("heading", {"text": "<b> & more", "level": "3", "anchor": "b-more"}),
        ("heading", {"text": "No anchor yet", "level": "2", "anchor": ""}),
        ("heading", {"text": "As a draft has it", "level": None, "anchor": None}),
    ],
)
def test_what_is_drawn_without_its_template_is_what_that_says(name, value):
    block = PageBodyBlock().child_blocks[name]
    value = block.to_python(value)

    template = get_template(block.get_template())

    assert block.render(value, {}) == template.render({"value": value})


def test_rich_text_is_drawn_as_wagtail_draws_it():
    source = '<p>See <a href="https://who.int">this</a><br/>&lt;b&gt;</p>'
    block = PageBodyBlock().child_blocks["paragraph"]

    for prose in (
        block.to_python(source),
        block.normalize(source),
        block.normalize(RichText(source)),
        block.value_from_form(source),
    ):
        assert str(prose) == str(RichText(source))
        assert prose == RichText(source)


@pytest.mark.parametrize(("stored", "read"), [("2", "2"), (2, "2"), (None, None)])
def test_a_choice_is_read_as_the_text_that_templates_compare(stored, read):
    assert HeadingBlock().to_python({"text": "A", "level": stored})["level"] == read
