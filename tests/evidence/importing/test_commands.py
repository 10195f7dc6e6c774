"""The library filled and printed at the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from evidence.importing import carrying_out
from evidence.library.completing import FIELDS
from evidence.models import Reference
from tests.helpers import reference_corpus
from tests.helpers.factories_evidence import ReferenceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def bring_in(tmp_path):
    def run(text, *options):
        file = tmp_path / "list.txt"
        file.write_text(text)
        out, err = StringIO(), StringIO()
        call_command("import_references", str(file), *options, stdout=out, stderr=err)
        return out.getvalue(), err.getvalue()

    return run


def test_imports_and_counts(bring_in):
    out, err = bring_in(reference_corpus.file("BibTeX", 20))

    assert out.startswith("20 created, 0 updated, 0 in the library already, 0 refused")
    assert "20 of 20" in err
    assert Reference.objects.count() == 20


def test_only_says_what_would_happen(bring_in):
    out, _ = bring_in("10.1000/a", "--dry-run")

    assert "1 would be created" in out
    assert not Reference.objects.exists()


def test_names_the_lines_that_it_refused_and_exits_with_one(bring_in, capsys):
    with pytest.raises(SystemExit) as end:
        bring_in("10.1000/a\nnonsense")

    assert end.value.code == 1
    assert Reference.objects.count() == 1


@pytest.mark.parametrize("text", ["", "Just words."])
def test_refuses_what_is_no_list(bring_in, text):
    with pytest.raises(CommandError, match=r"list\.txt: "):
        bring_in(text)


def test_an_interruption_leaves_nothing_behind(bring_in, monkeypatch):
    def interrupt(references):
        raise KeyboardInterrupt

    monkeypatch.setattr(carrying_out, "_index", interrupt)

    with pytest.raises(SystemExit) as end:
        bring_in("10.1000/a")

    assert end.value.code == 130
    assert not Reference.objects.exists()


@pytest.mark.parametrize("name", ["csl-json", "bibtex"])
def test_export_wipe_import_gives_the_same_records(bring_in, name):
    bring_in(reference_corpus.file("NBIB", 30) + reference_corpus.file("BibTeX", 60))
    ReferenceFactory(
        title="All of it: {braces} “quotes” <i>none</i> \\ 50% & $5",
        population="Adults, \N{GREEK SMALL LETTER ALPHA}",
        sample_size=0,
        status="retracted",
        more_authors=True,
    )
    before = list(Reference.objects.order_by("pk").values(*FIELDS))
    out = StringIO()
    call_command("export_references", format=name, stdout=out)
    Reference.objects.all().delete()

    bring_in(out.getvalue())

    assert list(Reference.objects.order_by("pk").values(*FIELDS)) == before
