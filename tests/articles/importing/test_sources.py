"""Whatever is handed in ends as a draft or as a refusal with its reason."""

import io
import zipfile

import pytest

from articles.importing.reading import sources
from articles.importing.reading.sources import Sources, text_of
from articles.models.article_page import ArticlePage
from tests.helpers.article_import import picture, problems, row, rows, zipped
from tests.helpers.article_import import sources as handed_in
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


def refusal(index, data, name="a.md"):
    [found] = rows(index, {name: data})
    assert found.action == "refuse"
    return found.reason


class TestRefusing:
    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            ("", "There is nothing in it"),
            (" \n\t\n", "There is nothing in it"),
            ("Only words.", "It has no title"),
            ("---\ntitle: ''\n---\nWords", "It has no title"),
            ("# " + "x" * 300, "longer than 255 characters"),
            (b"# T\x00\x01\x02", "This is not text"),
            (picture(), "This is not text"),
            ("x" * (sources.LARGEST_TEXT + 1), "larger than 512 KB"),
            ("x" * 5_000_000, "larger than 512 KB"),
            ("---\n- a\n- b\n---\n# T", "not a list of keys and values"),
            ("---\njust words\n---\n# T", "not a list of keys and values"),
            ("---\ntitle: a: b\n---\n# T", "Line 2: the front matter is not YAML"),
            ("---\ntitle: [a\n---\n# T", "the front matter is not YAML"),
            ("---\na: &a [x]\nb: *a\n---\n# T", "references (*) within front matter"),
            ("---\n? [a, b]\n: c\n---\n# T", "not YAML"),
            ("---\na: " + "[" * 5000 + "\n---\n# T", "not YAML"),
            ("---\na: " + "x" * 70_000 + "\n---\n# T", "larger than"),
            ("---\ntitle: \x07\n---\n", "It has no title"),
            ("# T\n\n" + ">" * 10_000 + " deep", "100 deep"),
            ("# T\n\n" + "- " * 5_000 + "deep", "100 deep"),
            ("# \N{BLACK STAR}\n\nWords", "No address can be made"),
        ],
    )
    def test_markdown_says_why(self, index, data, reason):
        name = "\N{BLACK STAR}.md"

        assert reason in refusal(index, data, name)

    @pytest.mark.parametrize(
        ("html", "reason"),
        [
            ("<div>" * 10_000 + "deep", "250 deep"),
            ("<!-- nothing -->", "There is nothing in it"),
            ("<title>" + "x" * 300 + "</title><p>a", "longer than 255 characters"),
        ],
    )
    def test_html_says_why(self, index, html, reason):
        assert reason in refusal(index, html, "a.html")

    @pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a", "a.svg", "a.md.exe"])
    def test_other_kinds_of_file(self, index, name):
        assert "Articles are Markdown or HTML" in refusal(index, "words", name)

    def test_an_address_that_a_page_has(self, index):
        ArticlePageFactory(parent=index, title="Walking", slug="walking", live=False)

        reason = refusal(index, "# Walking\n\nWords.")

        assert "Its address “walking” is that of the page “Walking” already" in reason

    def test_an_address_twice_in_one_upload(self, index):
        first, second = rows(index, {"a.md": "# Walking", "b.md": "# Walking!"})

        assert first.action == "create"
        assert "is that of the file “a.md” already" in second.reason

    def test_a_bad_file_does_no_harm_to_its_neighbours(self, index):
        found = rows(index, {"a.md": "# A", "b.md": b"\x00", "c.md": "# C"})

        assert {r.path: r.action for r in found} == {
            "a.md": "create",
            "b.md": "refuse",
            "c.md": "create",
        }

    def test_a_picture_that_nobody_shows(self, index):
        *_, last = rows(index, {"a.md": "# A", "g.png": picture()})

        assert (last.path, last.action) == ("g.png", "refuse")
        assert "No article of these shows this picture" in last.reason

    @pytest.mark.parametrize(
        "data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"x" * 99, picture()[:60]]
    )
    def test_a_damaged_picture(self, index, data):
        found, *_ = rows(index, {"a.md": "# A\n\n![x](g.png)", "g.png": data})

        assert found.action == "create"
        assert "The picture is left out" in problems(found)


class TestReading:
    @pytest.mark.parametrize(
        "data",
        [
            "\ufeff# Tired\n\nAt “rest”.",
            "# Tired\r\n\r\nAt “rest”.\r\n",
            "# Tired\r\rAt “rest”.",
            "\ufeff---\r\ntitle: Tired\r\n---\r\nAt “rest”.",
            "\n\n---\ntitle: Tired\n---\n\nAt “rest”.",
            "---\ntitle: Tired\n...\nAt “rest”.",
        ],
    )
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
    def test_bears_every_line_ending_and_encoding(self, index, data, encoding):
        if encoding == "cp1252":
            data = data.replace("\ufeff", "")

        found = row(index, data.encode(encoding))

        assert found.title == "Tired"
        assert found.fields["body"][0]["value"] == "<p>At “rest”.</p>"
        assert ("Windows-1252" in problems(found)) == (encoding == "cp1252")

    def test_leaves_out_what_no_database_holds(self):
        assert text_of(b"a\x0bb\x1b[0mc")[0] == "ab[0mc"

    def test_a_script_in_a_title_is_text(self, index):
        found = row(index, "---\ntitle: <script>alert(1)</script>\n---\nWords")
        html = row(index, "<h1>A<script>alert(1)</script></h1><p>a", "a.html")

        assert found.title == "<script>alert(1)</script>"
        assert html.title == "A"

    def test_a_title_of_digits_stays_one(self, index):
        assert row(index, "---\ntitle: 1984\nslug: 007\n---\nWords").title == "1984"

    def test_values_of_every_kind_are_borne(self, index):
        text = (
            "---\ntitle: {a: b}\nslug: [x]\nstandfirst: {c: [d]}\ntopic: {e: f}\n"
            "authors: [{x: {y: z}}, [], {Ada: author}]\ndate: never\n"
            "lead_image: [a, b]\nnull: ~\n1: 2\n---\n# T\n\nWords"
        )

        found = row(index, text)

        assert found.title == "T"
        assert "This is not a date" in problems(found)
        assert "This is a list" in problems(found)

    def test_a_long_standfirst_becomes_the_first_paragraph(self, index):
        found = row(index, f"---\nstandfirst: {'long ' * 90}\n---\n# T\n\nWords")

        assert found.fields["standfirst"] == ""
        assert found.fields["body"][0]["value"].startswith("<p>long long")

    def test_an_address_is_made_fit(self, index):
        found = row(index, "---\nslug: /2020/05/Über uns.html/\n---\n# T")

        assert found.fields["slug"] == "uber-uns"
        assert "The address becomes" in problems(found)

    def test_a_heading_that_is_no_title_stays(self, index):
        found = row(index, "---\ntitle: One\n---\n# Another\n\nWords")

        assert found.fields["body"][0]["value"]["text"] == "Another"

    def test_line_numbers_count_the_front_matter(self, index):
        found = row(index, "---\ntitle: T\n---\n\nOne\n\nTwo (7)")
        html = row(index, "---\ntitle: U\n---\n<p>One\n<p>Two\n(7)", "a.html")

        assert "7: (7)" in problems(found)
        assert "6: (7)" in problems(html)


class TestZipFiles:
    def test_hold_articles_and_pictures_in_folders(self, index):
        data = zipped(
            {
                "blog/a.md": "# A\n\n![Gait](img/g.png)\n\n[B](b.md)",
                "blog/b.md": "# B",
                "blog/img/g.png": picture(),
                "__MACOSX/blog/._a.md": "x",
                ".DS_Store": "x",
            }
        )

        found = rows(index, {"blog.zip": data})

        assert [(r.path, r.action) for r in found] == [
            ("blog/a.md", "create"),
            ("blog/b.md", "create"),
        ]
        assert not problems(found[0]).count("left out")

    @pytest.mark.parametrize(
        "name", ["../evil.md", "/etc/evil.md", "a/../../evil.md", "C:\\evil.md"]
    )
    def test_that_name_files_outside_are_refused(self, index, name):
        assert "outside of itself" in refusal(index, zipped({name: "# E"}), "a.zip")

    @pytest.mark.parametrize(
        "data",
        [b"", b"PK\x03\x04", zipped({"a.md": "# A"})[:-30], b"x" * 1000],
        ids=["empty", "begun", "cut off", "something else"],
    )
    def test_that_are_damaged_are_refused(self, index, data):
        assert "damaged or locked" in refusal(index, data, "a.zip")

    def test_that_are_locked_are_refused(self, index):
        data = bytearray(zipped({"a.md": "# A"}))
        data[6] |= 1
        data[data.index(b"PK\x01\x02") + 8] |= 1

        assert "damaged or locked" in refusal(index, bytes(data), "a.zip")

    def test_bombs_are_refused_unread(self, index):
        many = zipped({f"{n}.md": "# A" for n in range(2 * sources.MOST + 1)})
        large = zipped({f"{n}.png": b"\0" * 10_000_000 for n in range(8)})
        one = zipped({"a.md": "x" * 50_000_000})

        assert "more than 500 files" in refusal(index, many, "a.zip")
        assert "larger than 512 KB" in refusal(index, one, "a.zip")
        reasons = {r.reason for r in rows(index, {"a.zip": large})}
        assert any("unpacks to more than" in reason for reason in reasons)

    def test_within_zip_files_are_not_opened(self, index):
        inner = zipped({"a.md": "# A"})

        assert "Articles are Markdown" in refusal(
            index, zipped({"inner.zip": inner}), "a.zip"
        )

    def test_that_lie_about_sizes_are_borne(self, index):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("a.md", "# A")
        data = bytearray(file.getvalue())
        place = data.index(b"PK\x01\x02") + 24
        data[place : place + 4] = (1).to_bytes(4, "little")

        [found] = rows(index, {"a.zip": bytes(data)})

        assert found.action in ("create", "refuse")


class TestLimits:
    def test_of_files_and_sizes(self, monkeypatch):
        monkeypatch.setattr(sources, "MOST", 2)
        found = handed_in({"a.md": "a", "b.md": "b", "c.md": "c"})
        assert "More than 2 files" in found.refused[0][1]

        monkeypatch.setattr(sources, "MOST_TEXT", 3)
        found = handed_in({"a.md": "aa", "b.md": "bb"})
        assert "of text at once" in found.refused[0][1]

    def test_of_names(self):
        found = Sources()
        found.add("x" * 1000 + ".md", b"# A")
        found.add("x" * 1000 + ".md", b"# B")

        assert len(found.files[0].path) == sources.LONGEST_PATH
        assert "Two files have this name" in found.refused[0][1]

    def test_no_field_is_longer_than_its_column(self, index):
        long = "long words " * 400
        text = (
            f"---\ntitle: T\nslug: {'s' * 400}\nseo_title: {long}\n"
            f"description: {long}\nlead_image_alt: {long}\ncaption: {long}\n---\n"
            f"## {long}\n\n> {long}\n>\n> — {long}\n\n"
            f"| {long} | b |\n|--|--|\n| a | b |"
        )

        found = row(index, text)

        for name in ("slug", "seo_title", "lead_image_alt", "lead_image_caption"):
            longest = ArticlePage._meta.get_field(name).max_length
            assert len(found.fields[name]) <= longest, name
        assert found.fields["standfirst"] == ""
