"""What an import would do: each file, and the draft that it would become."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from wagtail.models import Page, Site

from articles.importing.article import Article, Surroundings
from articles.importing.library import Library
from articles.importing.linking import SitePages
from articles.importing.naming import Names
from articles.importing.pictures import Pictures
from articles.importing.sources import Refused, Source, Sources
from articles.importing.tokens import Placeholders


class Action(StrEnum):
    """How a file ends."""

    CREATE = "create"
    REFUSE = "refuse"


@dataclass
class Row:
    """One file, and what would become of it.

    Attributes:
        number: Its place among the files, from 0.
        path: The file.
        action: How it ends.
        reason: Why it is refused, in a sentence.
        fields: The draft, its streams as they are stored; other records that an import
            makes are called by a number of `tokens`.
        counted: How many blocks there are of each kind, citations, and those matched.
        problems: What an editor must look at: line, typed, sentence.
    """

    number: int
    path: str
    action: str
    reason: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=dict)
    problems: list[dict[str, Any]] = field(default_factory=list)

    @property
    def title(self) -> str:
        return str(self.fields.get("title", ""))

    @property
    def decision(self) -> tuple[Any, ...]:
        """What an editor has seen and agreed to."""
        return self.action, self.reason, self.fields

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Row":
        return cls(**stored)


@dataclass
class Plan:
    """What would become of everything handed in.

    Attributes:
        rows: Every file but pictures that an article shows.
        makes: What each number in the rows' fields stands for, such as
            ``("picture", "images/gait.png")``.
    """

    rows: list[Row]
    makes: dict[int, tuple[str, ...]]


def plan(
    sources: Sources,
    index: Page,
    *,
    may_add_pictures: bool = True,
    makes_references: bool = False,
) -> Plan:
    """Read every file, and compare it with what the site has.

    Args:
        sources: What was handed in.
        index: The page that the articles would stand under.
        may_add_pictures: Whether pictures that the site does not have are added.
        makes_references: Whether works that the library does not have are added, as
            references to be completed, where the list gives a DOI or PubMed number.
    """
    placeholders = Placeholders()
    texts = [source for source in sources.files if source.is_text]
    pictures = {s.path: s for s in sources.files if s.is_picture}
    around = Surroundings(
        Library(makes_references, placeholders),
        Names(),
        SitePages(_site_of(index)),
        Pictures(pictures, may_add_pictures, placeholders),
        {source.path: placeholders.article(source.path) for source in texts},
    )
    rows: list[Row] = []
    taken = _taken(index)
    for source in texts:
        row = _row(len(rows), source, around)
        if row.action == Action.CREATE:
            _claim(row, taken)
        rows.append(row)
    for path in sorted(pictures.keys() - around.pictures.used):
        reason = "No article of these shows this picture."
        rows.append(Row(len(rows), path, Action.REFUSE, reason))
    for path, reason in sources.refused:
        rows.append(Row(len(rows), path, Action.REFUSE, reason))
    makes = {number: key for key, number in placeholders.keys.items()}
    return Plan(rows, makes)


def _row(number: int, source: Source, around: Surroundings) -> Row:
    try:
        article = Article(source, around)
    except Refused as refused:
        return Row(number, source.path, Action.REFUSE, str(refused))
    problems = [asdict(problem) for problem in article.problems]
    fields, counted = article.fields, article.counted
    return Row(number, source.path, Action.CREATE, "", fields, counted, problems)


def _taken(index: Page) -> dict[str, str]:
    """Return the addresses beneath ``index``, and what has each."""
    children = Page.objects.child_of(index).values_list("slug", "title")
    return {slug: f"the page “{title}”" for slug, title in children}


def _claim(row: Row, taken: dict[str, str]) -> None:
    """Refuse a file whose address another page or file has."""
    slug = row.fields["slug"]
    if slug in taken:
        row.action = Action.REFUSE
        row.reason = (
            f"Its address “{slug}” is that of {taken[slug]} already. Give one of them "
            "another, with “slug:” in the file's front matter."
        )
    else:
        taken[slug] = f"the file “{row.path}”"


def _site_of(index: Page) -> Site | None:
    paths: Iterable[Any] = Site.get_site_root_paths()
    for root in paths:
        if index.url_path.startswith(root.root_path):
            return Site.objects.select_related("root_page").get(pk=root.site_id)
    return None
