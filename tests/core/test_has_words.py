"""Whether rich text says anything: without, nothing is printed around it."""

import pytest
from wagtail.rich_text import RichText

from core.templatetags.core_tags import has_words


@pytest.mark.parametrize("source", ["", None, "<p></p>", "<p> </p>", "<p><br/></p>"])
def test_what_holds_elements_alone_says_nothing(source):
    assert not has_words(source)
    assert not has_words(RichText(source))


@pytest.mark.parametrize("source", ["<p>a</p>", "1 &lt; 2", '<a href="/">b</a>'])
def test_a_word_is_enough(source):
    assert has_words(source)
    assert has_words(RichText(source))
