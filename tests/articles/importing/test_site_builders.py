"""Files as site builders keep them: tags, front matter, addresses, late pictures."""

import pytest

from tests.helpers.article_import import body, picture, problems, row, rows
from tests.helpers.factories import ArticleIndexPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


def text_of(found):
    return " ".join(str(block["value"]) for block in found.fields["body"])


@pytest.mark.parametrize(
    "tag",
    [
        "{{< youtube w7Ft2ymGmfc >}}",
        "{{% columns count=2 %}}",
        "{% include form.html id=3 %}",
        "{{ site.phone }}",
        '[gallery ids="1,2"]',
        "[contact-form-7 id=5]",
        "[vc_row]",
        '[unheard-of id="5"]',
        "<% render x %>",
        "[TOC]",
        "import Chart from './chart'",
        "{{< tabs\n  one=two >}}",
        '{{< warning "Do not stop" >}}',
        "{{% notice tip %}}",
    ],
)
def test_a_tag_is_left_out_and_named_by_line(index, tag):
    found = row(index, f"# T\n\nBefore.\n\n{tag}\n\nAfter.\n")

    assert text_of(found) == "<p>Before.</p><p>After.</p>"
    assert f"5: {' '.join(tag.split())[:20]}" in " ".join(problems(found).split())


@pytest.mark.parametrize(
    "typed",
    [
        "Cells {x: y} and [1] of [a](https://example.org/).",
        "5 < 6 {a} [sic] [see b]",
        "Of both [group n=20], one {n=20} had [mean age=40].",
    ],
)
def test_other_braces_and_brackets_stay(index, typed):
    found = row(index, f"# T\n\n{typed}\n")

    assert "{" in text_of(found)
    assert text_of(found).count("[") == typed.count("[") - typed.count("](")
    assert "tag of a site builder" not in problems(found)


def test_a_pair_of_tags_that_nobody_knows_leaves_its_words(index):
    found = row(index, "# T\n\n[strange]Words[/strange] here.\n")

    assert text_of(found) == "<p>Words here.</p>"
    assert "[strange]: A tag" in problems(found)


def test_a_callout_within_a_line_leaves_its_words(index):
    text = "A {{% notice warning %}} B\n\nC\n\n{{% /notice %}}\n\nD\n"

    assert text_of(row(index, f"# T\n\n{text}")) == "<p>A B</p><p>C</p><p>D</p>"


@pytest.mark.parametrize(
    "figure",
    [
        '{{< figure src="a.png" alt="Two" caption="In the park" >}}',
        '{{< figure\n  src="a.png" alt="Two"\n  caption="In the park" >}}',
        "<figure markdown>\n![Two](a.png)\n"
        "<figcaption>In the park</figcaption>\n</figure>",
        '<div markdown="1">\n![Two](a.png "In the park"){ width=50% }\n</div>',
        '![Two](a.png "In the park"){: .wide }',
        '{% include figure.html src="a.png" alt="Two" caption="In the park" %}',
    ],
)
def test_a_picture_of_any_builder_keeps_description_and_caption(index, figure):
    text = f"# T\n\nBefore.\n\n{figure}\n\nAfter.\n"
    found = rows(index, {"a.md": text, "a.png": picture()})[0]

    _, block, _ = found.fields["body"]
    assert block["value"]["image"]["alt_text"] == "Two"
    assert block["value"]["caption"] == "<p>In the park</p>"


@pytest.mark.parametrize(
    "img",
    [
        '<img src="data:image/svg+xml,x" data-lazy-src="a.png" alt="Two">',
        '<img data-src="a.png" alt="Two">',
        '<img src="/img/blank.gif" data-original="a.png" alt="Two">',
        '<img src="data:x" srcset="small.png 300w, a.png 900w" alt="Two">',
        '<img src="data:x" alt="Two"><noscript><img src="a.png"></noscript>',
        '<noscript><img src="a.png" alt="Two"></noscript>',
        '<picture><source srcset="a.png 2x"><img alt="Two"></picture>',
        '<amp-img src="a.png" alt="Two"></amp-img>',
    ],
)
def test_a_picture_that_comes_late_is_found(index, img):
    text = f"<body><main><h1>T</h1><p>Before.</p>{img}</main></body>"
    found = rows(index, {"a.html": text, "a.png": picture()})[0]

    assert [b["type"] for b in found.fields["body"]] == ["paragraph", "figure"]
    assert found.fields["body"][1]["value"]["image"]["alt_text"] == "Two"


def test_a_picture_is_not_shown_twice(index):
    img = '<img src="a.png" alt="Two"><noscript><img src="a.png" alt="Two"></noscript>'
    text = f"<body><main><h1>T</h1>{img}</main></body>"
    found = rows(index, {"a.html": text, "a.png": picture()})[0]

    assert [b["type"] for b in found.fields["body"]] == ["figure"]


@pytest.mark.parametrize(
    "front",
    [
        '+++\ntitle = "Of the front"\ndraft = true\n[extra]\nx = 1\n+++\n',
        '{\n  "title": "Of the front",\n  "draft": true\n}\n',
        "Title: Of the front\nDate: 2024-05-01\n",
        "---\ntitle: Of the front\n---\n",
    ],
)
def test_front_matter_of_each_kind_is_read(index, front):
    found = row(index, f"{front}\nWords.\n")

    assert found.fields["title"] == "Of the front"
    assert text_of(found) == "<p>Words.</p>"


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("+++\ntitle = Unquoted\n+++\n", "Line 2"),
        ('+++\ntitle = "A"\n', "has no end"),
        ("---\ntitle: A\n\nWords.\n", "has no end"),
        ('{"title": "A",}\n', "JSON"),
    ],
)
def test_front_matter_that_cannot_be_read_is_refused(index, front, said):
    found = row(index, f"{front}\nWords.\n")

    assert found.action == "refuse"
    assert said in found.reason


def test_prose_with_a_colon_is_no_front_matter(index):
    found = row(index, "Note: words\n\n# T\n\nMore.\n")

    assert "Note: words" in text_of(found)


@pytest.mark.parametrize(
    "heading",
    [
        "## What risks?\n{: #risks .x}",
        "## What risks? {#risks}",
        "## What risks? {: #risks .x }",
        "## What risks? {#risks} ##",
    ],
)
def test_a_heading_keeps_its_address(index, heading):
    button = "A [button](https://a.org/){ .button }."
    text = f"See [risks](#risks).\n\n{heading}\n\n{button}\n"
    first, second, third = body(index, text)

    assert '<a href="#risks">' in first[1]
    assert second[1] == {"text": "What risks?", "level": "2", "anchor": "risks"}
    assert third[1] == '<p>A <a href="https://a.org/">button</a>.</p>'


@pytest.mark.parametrize(
    ("path", "head", "front"),
    [
        ("guides/allergy-panel/index.html", "", ""),
        ("a.html", '<link rel="canonical" href="https://a.org/g/allergy-panel/">', ""),
        (
            "a.html",
            '<link rel="canonical" href="https://a.org/allergy-panel.html">',
            "",
        ),
        (
            "a.html",
            '<meta property="og:url" content="https://a.org/allergy-panel">',
            "",
        ),
        ("allergy-panel/index.md", "", "title: All about it"),
        ("a.md", "", "title: All about it\nurl: /guides/allergy-panel/"),
        ("a.md", "", "title: All about it\npermalink: /guides/allergy-panel.html"),
    ],
)
def test_an_article_keeps_its_address(index, path, head, front):
    text = f"<html><head>{head}</head><body><h1>All about it</h1>"
    if front:
        text = f"---\n{front}\n---\nWords.\n"
    [found] = rows(index, {path: text})

    assert found.fields["slug"] == "allergy-panel"


@pytest.mark.parametrize("address", ["https://a.org/", "/:year/:title/", "https://["])
def test_an_address_without_a_name_says_nothing(index, address):
    text = f'<head><link rel="canonical" href="{address}"></head><h1>All about it</h1>'
    [found] = rows(index, {"a.html": text})

    assert found.fields["slug"] == "all-about-it"


class TestTitles:
    def test_are_found_below_a_smaller_heading(self, index):
        text = "<title>T: Clinic</title><main><h4>Guides</h4><h1>T</h1><p>W.</p></main>"
        found = row(index, text, "a.html")

        assert found.fields["title"] == "T"
        assert text_of(found) == "<p>W.</p>"
        assert "Guides: It stands above the title" in problems(found)

    def test_do_not_take_the_text_above_another_heading(self, index):
        long = "Words of the text. " * 10
        text = f"<title>T</title><main><h2>A</h2><p>{long}</p><h1>Late</h1></main>"
        found = row(index, text, "a.html")

        assert found.fields["title"] == "T"
        assert [b["type"] for b in found.fields["body"]] == [
            "heading",
            "paragraph",
            "heading",
        ]

    def test_are_the_first_heading_where_there_is_none(self, index):
        found = row(index, "## Walking again\n\nWords.\n")

        assert found.fields["title"] == "Walking again"
        assert text_of(found) == "<p>Words.</p>"
        assert "Its first heading is taken" in problems(found)

    @pytest.mark.parametrize(
        "path", ["2024-05-01-walking_again.md", "walking-again/index.md"]
    )
    def test_are_the_name_of_the_file_where_there_is_no_heading(self, index, path):
        found = row(index, "Words.\n", path)

        assert found.fields["title"] == "Walking again"
        assert "Its name is taken" in problems(found)

    def test_of_pasted_words_are_asked_for(self, index):
        assert "has no title" in row(index, "Words.\n", "pasted.md").reason
