"""Keeps what an import named, and tells whoever edits the draft."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.importing.models import ImportFinding
from articles.importing.rows import Row
from core.publishing.gate import Level, Problem, register

_QUOTED = 5  # a sentence repeats no more of what was found


def keep(row: Row, page: Any) -> None:
    """Store what an import named of an article, with the block where it stands."""
    blocks = [
        (block.get("id", ""), " ".join(_words(block.get("value")).split()))
        for block in page.body.raw_data
    ]
    ImportFinding.objects.bulk_create(
        ImportFinding(
            page=page,
            line=max(problem["line"], 0),
            typed=problem["typed"][:120],
            sentence=problem["sentence"],
            block_id=_place(problem["typed"], blocks),
        )
        for problem in row.problems
        if problem["typed"]  # the rest is of the whole page, which other rules look at
    )


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(map(_words, value.values()))
    if isinstance(value, list):
        return " ".join(map(_words, value))
    return strip_tags(value) if isinstance(value, str) else ""


def _place(typed: str, blocks: Iterable[tuple[str, str]]) -> str:
    words = " ".join(typed.split())
    return next((pk for pk, said in blocks if words and words in said), "")


@register
class NamedByImport:
    """Warns of what the import of the article could not keep as it was."""

    code = "named-by-import"
    title = _("Named by the import")
    level: Level = "warn"

    def problems(self, page: Any) -> Iterator[Problem]:
        if not page.pk or not hasattr(page, "import_findings"):
            return
        places = {child.id: number for number, child in enumerate(page.body)}
        found = ImportFinding.objects.filter(page_id=page.pk)
        # Of blocks that were deleted since nobody need know any more.
        kept = [one for one in found if not one.block_id or one.block_id in places]
        kept.sort(key=lambda one: (places.get(one.block_id, -1), one.line, one.pk))
        for block_id, findings in groupby(kept, key=lambda one: one.block_id):
            sentence = gettext(
                "The import named this; see whether the article says what it said: "
                "{findings}"
            ).format(findings=_quoted(list(findings)))
            position = places.get(block_id)
            yield Problem(self.code, self.level, sentence, "body", position, block_id)


def _quoted(findings: list[ImportFinding]) -> str:
    said = [
        gettext("line {line}, “{typed}”: {sentence}").format(
            line=one.line, typed=one.typed, sentence=one.sentence
        )
        for one in findings[:_QUOTED]
    ]
    if (more := len(findings) - _QUOTED) > 0:
        said.append(gettext("and {count} more").format(count=more))
    return " ".join(said)
