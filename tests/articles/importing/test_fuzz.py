"""Whatever a file holds becomes a draft that the editor can store, or is refused."""

import json
import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from articles.importing.carrying_out import carry_out
from articles.importing.drafting.plan import plan
from articles.models.article_page import ArticlePage
from core.prefetch.walk import walk
from tests.helpers.article_import import DATA, finish, sources
from tests.helpers.factories import ArticleIndexPageFactory
from tests.helpers.factories_evidence import ReferenceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

KEY = re.compile(r' data-block-key="[^"]*"')
PIECES = [
    *("# T\n", "## H\n", "\n\n", "- ", "1. ", "  - ", "> ", "| a | b |\n|---|---|\n"),
    *(
        "**",
        "*",
        "_",
        "`",
        "```\n",
        "<sup>1</sup>",
        "(1)",
        "[1-2]",
        "[^1]",
        "[^1]: x\n",
    ),
    *("[a](#t)", "[a](b.md)", "![a](b.png)", "<a href='#r1'>", "</a>", "<li id=r1>"),
    *(
        "## References\n\n",
        "1. doi:10.1000/one\n",
        "---\n",
        "title: x\n",
        "<!--",
        "-->",
    ),
    *("<table>", "<tr>", "<td>", "</table>", "<blockquote>", "</blockquote>", "<cite>"),
    *(
        "<ul>",
        "<ol start=7>",
        "<li>",
        "</ul>",
        "<p>",
        "</p>",
        "<figure>",
        "<figcaption>",
    ),
    *("</figure>", "<img src=x alt=y>", "<br>", "<b>", "</b>", "<script>", "</script>"),
    *(
        "<section class=footnotes>",
        "</section>",
        "<dl>",
        "<dt>",
        "<pre>",
        "\x00",
        "é\u0301",
    ),
    *(
        "<caption>",
        "<h1>",
        "</h1>",
        "<h9>",
        "&amp;",
        "&#0;",
        "\ufeff",
        "\u2028",
        "words ",
    ),
]
DOCUMENTS = [path.read_text() for path in sorted(DATA.iterdir())]


@st.composite
def mutated(draw):
    """A real document with a piece cut out, doubled or put elsewhere."""
    text = draw(st.sampled_from(DOCUMENTS))
    for _ in range(draw(st.integers(1, 4))):
        first, last = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
        text = draw(
            st.sampled_from(
                [
                    text[:first] + text[last:],
                    text[:last] + text[first:],
                    text[:first] + draw(st.sampled_from(PIECES)) + text[first:],
                ]
            )
        )
    return text


TEXTS = (
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
    | st.text(max_size=200)
    | mutated()
)


@pytest.fixture
def index(home):
    ReferenceFactory(doi="10.1000/one")
    return ArticleIndexPageFactory(parent=home)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=TEXTS, name=st.sampled_from(["a.md", "a.html"]))
def test_every_text_ends_well(index, text, name):
    [row] = plan(sources({name: text.encode(errors="replace")}), index).rows

    assert row.action in ("create", "refuse")
    if row.action == "refuse":
        assert row.reason
        return
    page = ArticlePage(title="x", body=json.dumps(row.fields["body"]))
    for place in walk(page):
        if hasattr(place.value, "source") and place.value.source:
            converter = ContentstateConverter(place.block.features)
            opened = converter.from_database_format(place.value.source)
            saved = KEY.sub("", converter.to_database_format(opened))
            assert saved == place.value.source


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.binary(max_size=300), name=st.sampled_from(["a.md", "a.html", "a.zip"]))
def test_every_file_ends_well(index, data, name):
    rows = plan(sources({name: data}), index).rows

    assert all(row.action in ("create", "refuse") for row in rows)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=mutated())
def test_every_draft_can_be_made(index, text):
    handed_in = sources({"a.md": text.encode(errors="replace")})
    planned = plan(handed_in, index)

    result = finish(carry_out(handed_in, planned.rows, index))

    assert not result.failed
    ArticlePage.objects.all().delete()


@pytest.mark.parametrize(
    ("times", "before", "piece", "after"),
    [
        (1_000, "<ul><li>", "<p>Words (7)</p>", "</ul>"),
        (1_000, "<table><tr><td>", "<p>Words (7)</p>", "</table>"),
        (1_000, "<p>", "Words (7).<br>", "</p>"),
        (3_000, "<p>", "Words <iframe></iframe> ", "</p>"),
        (3_000, "<p>", "Words <!-- x --> ", "</p>"),
        (3_000, "", '<div id="a"></div>', "<p>Words"),
        (3_000, "<p>a<sup>", " " * 8, "x</sup>"),
        (1_000, "<h2>References</h2><p>", '<a href="b">b</a> ', "</p>"),
    ],
)
def test_four_times_the_text_takes_about_four_times_as_long(
    index, times, before, piece, after
):
    """Of quadratic time it would be sixteen; a busy machine is given the benefit."""

    def seconds(times):
        text = f"<h1>T</h1>{before}{piece * times}{after}"
        begun = time.process_time()
        [row] = plan(sources({"a.html": text.encode()}), index).rows
        assert row.action == "create", row.reason
        return time.process_time() - begun

    seconds(10)
    taken = seconds(times)

    # A collection of garbage may fall into one.
    assert any(seconds(times * 4) < 0.5 + 9 * taken for _ in range(3))


def test_a_paragraph_without_end_is_refused_with_its_line(index):
    text = "# T\n\nWords.\n\n" + "Line (7)  \n" * 6_000

    [row] = plan(sources({"a.md": text.encode()}), index).rows

    assert row.action == "refuse"
    assert row.reason.startswith("Line 5: a paragraph has more than 5,000 line breaks")
