"""`manage.py import_articles`: the same plan, at the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.importing import carrying_out
from articles.models.article_page import ArticlePage
from evidence.models import Reference
from tests.helpers.article_import import picture
from tests.helpers.factories import ArticleIndexPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home, slug="blog")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "img").mkdir()
    (tmp_path / "img" / "g.png").write_bytes(picture())
    (tmp_path / ".hidden.md").write_text("# Hidden")
    (tmp_path / "a.md").write_text("# Walking\n\nWords (7).\n\n![Gait](img/g.png)")
    return tmp_path


def run(*args, **options):
    """Run the command; its exit code, and what it wrote."""
    out, err = StringIO(), StringIO()
    code = 0
    try:
        call_command("import_articles", *args, stdout=out, stderr=err, **options)
    except SystemExit as left:
        code = left.code
    return code, out.getvalue(), err.getvalue()


def test_says_what_would_happen_and_does_nothing(index, folder):
    code, out, err = run(folder, parent="blog")

    assert code == 0
    assert "a.md: “Walking” at walking, 2 blocks, 0 of 0 citations found" in out
    assert "1 drafts would be made, 0 files refused. Nothing was stored" in out
    assert "a.md: line 3: “(7)” If this is a citation" in err
    assert not ArticlePage.objects.exists()


def test_does_it_with_commit(index, folder):
    code, out, _ = run(folder, parent=str(index.pk), commit=True)

    assert code == 0
    assert "1 drafts made, 0 files refused, 1 pictures and 0 references added" in out
    draft = ArticlePage.objects.get()
    assert not draft.live
    assert draft.get_parent().specific == index


def test_exits_with_1_when_a_file_was_refused(index, folder):
    (folder / "b.md").write_text("---\ntitle: no end")

    code, out, err = run(folder, parent="blog", commit=True)

    assert code == 1
    assert "b.md: refused: Its front matter has no end" in err
    assert "1 drafts made, 1 files refused" in out


def test_makes_references_when_asked(index, tmp_path):
    text = "# A\n\nWords (1).\n\n## References\n\n1. B. 2020. doi:10.1000/new"
    (tmp_path / "a.md").write_text(text)

    run(tmp_path / "a.md", parent="blog", commit=True, create_references=True)

    assert Reference.objects.get().doi == "10.1000/new"


@pytest.mark.parametrize(
    ("parent", "said"),
    [("elsewhere", "No article index has"), ("99999", "No article index has")],
)
def test_needs_an_index(index, folder, parent, said):
    with pytest.raises(CommandError, match=said):
        run(folder, parent=parent)


def test_makes_references_of_what_can_be_read_of_their_entries(index, tmp_path):
    entry = "One A, Two BC. A trial of sticks. J Ex. 2019;12(3):1-9. doi:10.1000/new"
    (tmp_path / "a.md").write_text(f"# A\n\nWords (1).\n\n## References\n\n1. {entry}")

    run(tmp_path / "a.md", parent="blog", commit=True, create_references=True)

    reference = Reference.objects.get()
    assert reference.title == "A trial of sticks"
    assert (reference.doi, reference.page) == ("10.1000/new", "1-9")


def test_needs_files(index, tmp_path):
    with pytest.raises(CommandError, match="There is no"):
        run(tmp_path / "gone.md", parent="blog")


def test_refuses_large_and_strange_files(index, tmp_path):
    (tmp_path / "a.md").write_bytes(b"x" * 5_000_000)
    (tmp_path / "b.docx").write_bytes(b"PK")

    code, _, err = run(tmp_path, parent="blog")

    assert code == 1
    assert "a.md: refused: It is larger than 512 KB" in err
    assert "b.docx: refused: Articles are Markdown or HTML" in err


def test_an_interruption_stores_nothing(index, folder, monkeypatch):
    stock = carrying_out._Work.make

    def make(work, row, fresh):
        stock(work, row, fresh)
        raise KeyboardInterrupt

    monkeypatch.setattr(carrying_out._Work, "make", make)

    code, _, err = run(folder, parent="blog", commit=True)

    assert code == 130
    assert "Interrupted. Nothing was stored." in err
    assert not ArticlePage.objects.exists()
