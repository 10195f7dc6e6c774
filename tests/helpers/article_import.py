"""What the tests of the import of articles hand in."""

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image

from articles.importing.drafting.plan import plan
from articles.importing.reading.sources import Sources

DATA = Path(__file__).parents[1] / "data" / "articles"


def sources(files):
    """What is handed in; ``files`` maps names to text or bytes."""
    found = Sources()
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        found.add(name, data)
    return found


def rows(index, files, **options):
    return plan(sources(files), index, **options).rows


def row(index, text, name="article.md", **options):
    """What would become of one file."""
    [found] = rows(index, {name: text}, **options)
    return found


def body(index, text, **options):
    """The blocks of one file's draft, as (type, value)."""
    found = row(index, f"# Title\n\n{text}", **options)
    assert found.action == "create", found.reason
    return [(block["type"], block["value"]) for block in found.fields["body"]]


def problems(found):
    """What an editor is told of a row, as one text."""
    return "\n".join(
        f"{p['line']}: {p['typed']}: {p['sentence']}" for p in found.problems
    )


def citation(reference, locator=""):
    """A citation as the editor stores it."""
    locator = f' locator="{locator}"' if locator else ""
    return f'<embed embedtype="citation" id="{reference.pk}"{locator}/>'


def picture(colour="teal", size=(40, 30), kind="PNG"):
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, kind)
    return file.getvalue()


def zipped(files):
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def finish(work):
    """Do all of it; what it returns."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value
