"""A correction is printed with the paragraph before it, and says what that said."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail.blocks.struct_block import StructBlockValidationError

from core.blocks.correction import CorrectionBlock
from tests.helpers.factories import ContentPageFactory


def correction(text, day="2026-11-03"):
    return ("correction", {"date": day, "text": f"<p>{text}</p>"})


@pytest.fixture
def shown(client, home):
    def show(*blocks):
        page = ContentPageFactory(parent=home, body=list(blocks))
        html = BeautifulSoup(client.get(page.url).content, "html.parser")
        return html.select_one("main .body")

    return show


def classes(parent):
    return [part["class"] for part in parent.find_all(recursive=False)]


def test_it_stands_with_what_it_corrects(shown):
    body = shown(
        ("paragraph", "<p>One.</p>"),
        ("paragraph", "<p>48 took part.</p>"),
        correction("It said 84."),
        correction("It said 74."),
        ("paragraph", "<p>Three.</p>"),
    )

    assert classes(body) == [["paragraph"], ["corrected"], ["paragraph"]]
    corrected = body.select_one(".corrected")
    assert classes(corrected) == [["correction"], ["correction"], ["paragraph"]]
    assert "48 took part." in corrected.text
    first = corrected.select_one(".correction")
    assert first["role"] == "note"
    assert " ".join(first.text.split()) == "Corrected on 3 November 2026 It said 84."
    assert first.time["datetime"] == "2026-11-03"


def test_with_nothing_before_it_it_stands_alone(shown):
    body = shown(correction("It had a paragraph here."))

    assert classes(body) == [["correction"]]


def test_it_is_of_no_day_to_come():
    block = CorrectionBlock()
    tomorrow = timezone.localdate() + timedelta(days=1)
    value = block.to_python({"date": str(tomorrow), "text": "<p>It said 84.</p>"})

    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)

    assert set(refused.value.block_errors) == {"date"}
