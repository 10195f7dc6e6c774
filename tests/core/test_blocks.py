"""Every block stands in a group and is named after its template.

How it is drawn is proved in tests/demonstration/test_styleguide.py.
"""

import re

import pytest
from django.template.loader import get_template

from demonstration.styleguide.patterns import block_patterns
from home.blocks import PageBodyBlock


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
