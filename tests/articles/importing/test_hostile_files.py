"""Files made to keep a reader waiting, or to exhaust it, are read or refused soon."""

import io
import time
import tracemalloc
import zipfile

import pytest

from tests.helpers.article_import import row, rows
from tests.helpers.factories import ArticleIndexPageFactory

pytestmark = pytest.mark.django_db

# Seconds: two where nothing else runs, twice that while branches are measured, and a
# slower machine. What is refused here took from seven seconds to minutes.
SOON = 6


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


def refusal(index, data, name="a.md"):
    found = row(index, data, name)
    assert found.action == "refuse"
    return found.reason


class TestHostileMarkdown:
    """No file keeps its reader waiting: it is read in two seconds, or refused."""

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("[" * 250_000, 3),
            ("![" * 125_000, 3),
            ("^[" * 125_000, 3),
            ("[^a" * 80_000, 3),
            ("w\n\n" + "[" * 20_000 + "*a" * 10_000, 5),
            ("[ \n" * 19_000, 3),
            ("*a **b " * 30_000, 3),
            ("`" * 100 + "".join(f"`{'`' * n}a" for n in range(600)), 3),
            ("<a " * 80_000, 3),
            ("^[a] " * 9_000, 3),
            ("w\n" * 30_000, 20_001),
            ("- w\n" * 19_000, 6_002),
            ("|".join("a" * 450) + f"\n{'|'.join('-' * 450)}\n" + "a\n" * 900, None),
            (">" * 10_000 + " w", 3),
            ("- " * 10_000 + "w", 3),
            ("\n".join("  " * depth + "- w" for depth in range(300)), 51),
        ],
    )
    def test_too_much_is_refused_by_its_line(self, index, text, line):
        began = time.process_time()

        reason = refusal(index, f"# T\n\n{text}")

        assert time.process_time() - began < SOON
        assert reason.startswith(f"Line {line}: " if line else "Line ")

    @pytest.mark.parametrize(
        "text",
        [
            "*" * 250_000,
            "".join(f"[r{n}]: /u{n}\n" for n in range(15_000)),
            "[a]: /u\n" * 19_000,
            "![a](b.png) " * 10_000,
            "{{< figure a=" * 1_000,
            "[a b='c " * 1_000,
            ("{: .a #b c=d " * 100 + "\n") * 200,
            "{==a {--b %%c " * 3_000,
            "{{< note >}}\n\n" * 3_000,
            "words [1] and [2](https://example.org/a_b), *so* it goes. " * 300,
            "One *long* paragraph says `so` [1], and more.\n\n" * 3_000,
        ],
    )
    def test_much_is_read(self, index, text):
        began = time.process_time()

        [found] = rows(index, {"a.md": f"# T\n\n{text}"})

        assert found.action == "create", found.reason
        assert time.process_time() - began < 2 * SOON


class TestHostileHtml:
    @pytest.mark.parametrize("tag", ["div", "ul", "blockquote", "span", "b", "table"])
    @pytest.mark.parametrize("name", ["a.html", "a.md"])
    def test_deep_elements_are_refused_by_their_line(self, index, tag, name):
        first = {"a.html": "<h1>T</h1>", "a.md": "# T\n"}[name]
        began = time.process_time()

        reason = refusal(index, f"{first}\n" + f"<{tag}>" * 10_000 + "deep", name)

        assert time.process_time() - began < SOON
        assert reason.startswith("Line ")
        assert "250 deep" in reason


def bomb(way, name="a.png"):
    """Half a gigabyte in next to nothing."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(file, "w", way) as archive,
        archive.open(name, "w") as member,
    ):
        for _ in range(32):
            member.write(bytes(16 * 1024 * 1024))
    return file.getvalue()


@pytest.mark.parametrize(
    ("way", "name", "reason"),
    [
        (zipfile.ZIP_DEFLATED, "a.png", "larger than 12 MB"),
        (zipfile.ZIP_DEFLATED, "a.docx", "Articles are Markdown or HTML"),
        (zipfile.ZIP_BZIP2, "a.png", "packed in a rare way"),
        (zipfile.ZIP_LZMA, "a.png", "packed in a rare way"),
    ],
)
def test_a_zip_file_takes_little_memory_however_it_is_packed(index, way, name, reason):
    data = bomb(way, name)
    tracemalloc.start()

    said = refusal(index, data, "a.zip")

    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert reason in said
    assert most < 64 * 1024 * 1024
