"""``manage.py import_articles PATH… --parent …``: create drafts from files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.importing.carrying_out import Result, carry_out
from articles.importing.drafting.plan import Plan, plan
from articles.importing.reading.sources import LARGEST_ZIP, Source, Sources, largest_of
from articles.importing.rows import Action
from articles.models.article_page import ArticlePage
from articles.models.index_page import ArticleIndexPage
from core.importing.changed import Changed
from evidence.citing import labels

# What a shell calls a command that was interrupted.
INTERRUPTED = 130


class Command(BaseCommand):
    help = (
        "Import articles from Markdown or HTML files, folders or zip files, with the "
        "pictures that they show, as drafts; nothing is published. Says what would "
        "happen, and does it only with --commit. All of it is stored or, when "
        "interrupted, nothing. Exits with 1 when files were refused."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument(
            "--parent",
            required=True,
            help="The article index they will stand under: its number or its slug.",
        )
        parser.add_argument(
            "--commit", action="store_true", help="Do it. Without, nothing is stored."
        )
        parser.add_argument(
            "--create-references",
            action="store_true",
            help="Add works with a DOI or PubMed number that the library lacks.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        index = _index(options["parent"])
        sources = _read(options["paths"])
        makes_references = options["create_references"]
        labels.start_request()
        try:
            planned = plan(sources, index, makes_references=makes_references)
            self._report(planned)
            result = None
            if options["commit"]:
                work = carry_out(
                    sources, planned.rows, index, makes_references=makes_references
                )
                result = self._store(work)
        finally:
            labels.end_request()
        self._sum_up(planned, result)

    def _report(self, planned: Plan) -> None:
        for row in planned.rows:
            if row.action == Action.REFUSE:
                self.stderr.write(f"{row.path}: refused: {row.reason}")
                continue
            counted = row.counted
            self.stdout.write(
                f"{row.path}: “{row.title}” at {row.fields['slug']}, "
                f"{len(row.fields['body'])} blocks, "
                f"{counted['matched']} of {counted['citations']} citations found"
            )
            for problem in row.problems:
                typed = f" “{problem['typed']}”" if problem["typed"] else ""
                self.stderr.write(
                    f"{row.path}: line {problem['line']}:{typed} {problem['sentence']}"
                )

    def _store(self, work: Any) -> Result:
        try:
            while True:
                done, total = next(work)
                self.stderr.write(f"{done} of {total}", ending="\r")
                self.stderr.flush()
        except StopIteration as end:
            self.stderr.write("")
            result: Result = end.value
            return result
        except Changed:
            raise CommandError(
                "Somebody has changed the site meanwhile. Nothing was stored; run this "
                "again."
            ) from None
        except KeyboardInterrupt:
            work.close()
            self.stderr.write("\nInterrupted. Nothing was stored.")
            raise SystemExit(INTERRUPTED) from None

    def _sum_up(self, planned: Plan, result: Result | None) -> None:
        refused = sum(row.action == Action.REFUSE for row in planned.rows)
        made = len(planned.rows) - refused
        if result is None:
            self.stdout.write(
                f"{made} drafts would be made, {refused} files refused. Nothing was "
                "stored; add --commit to do it."
            )
        else:
            paths = {row.number: row.path for row in planned.rows}
            for number, reason in result.failed.items():
                self.stderr.write(f"{paths[number]}: not imported: {reason}")
            refused += len(result.failed)
            self.stdout.write(
                f"{len(result.created)} drafts made, {refused} files refused, "
                f"{result.pictures} pictures and {result.references} references added"
            )
        if refused:
            raise SystemExit(1)


def _index(name: str) -> ArticleIndexPage:
    found = ArticleIndexPage.objects.filter(
        **({"pk": name} if name.isdecimal() else {"slug": name})
    )
    if len(found) != 1:
        what = "Several article indexes have" if found else "No article index has"
        raise CommandError(f"{what} the number or slug “{name}”.")
    if not ArticlePage.can_create_at(found[0]):
        raise CommandError(f"No article can be made under “{found[0].title}”.")
    return found[0]


def _read(paths: list[Path]) -> Sources:
    sources = Sources()
    for path in paths:
        if not path.exists():
            raise CommandError(f"There is no {path}.")
        for file in _files(path):
            name = file.relative_to(path).as_posix() if path.is_dir() else file.name
            try:
                with file.open("rb") as opened:
                    data = opened.read(_largest(name) + 1)
            except OSError as error:
                sources.refused.append((name, f"It cannot be read: {error.strerror}."))
            else:
                sources.add(name, data)
    return sources


def _largest(name: str) -> int:
    return largest_of(Source(name, b"")) or LARGEST_ZIP


def _files(path: Path) -> Iterator[Path]:
    """Yield a file, or those in a folder that are not hidden."""
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
        if file.is_file() and not hidden:
            yield file
