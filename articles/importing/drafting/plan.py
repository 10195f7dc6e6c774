"""Plans an import: for each file, the draft that would be created."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from articles.importing.drafting.article import Article, Surroundings
from articles.importing.drafting.library import Library
from articles.importing.drafting.linking import SitePages
from articles.importing.drafting.naming import Names
from articles.importing.drafting.pictures import Pictures
from articles.importing.drafting.tokens import Placeholders
from articles.importing.reading.sources import Refused, Source, Sources
from articles.importing.rows import Action, Row


@dataclass
class Plan:
    """The rows of an import, before anything is stored.

    Attributes:
        rows: Every file but pictures that an article shows.
        makes: What each number in the rows' fields stands for, such as
            ``("picture", "images/gait.png")``.
        typed: The entries of lists that references are made of, by these numbers.
    """

    rows: list[Row]
    makes: dict[int, tuple[str, ...]]
    typed: dict[int, str]


def plan(
    sources: Sources,
    index: Page,
    *,
    may_add_pictures: bool = True,
    makes_references: bool = False,
) -> Plan:
    """Read every file, and compare it with the site's content.

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
        reason = _("No article of these shows this picture.")
        rows.append(Row(len(rows), path, Action.REFUSE, reason))
    for path, reason in sources.refused:
        rows.append(Row(len(rows), path, Action.REFUSE, reason))
    makes = {number: key for key, number in placeholders.keys.items()}
    return Plan(rows, makes, placeholders.typed)


def _row(number: int, source: Source, around: Surroundings) -> Row:
    try:
        article = Article(source, around)
    except Refused as refused:
        return Row(number, source.path, Action.REFUSE, str(refused))
    problems = [asdict(problem) for problem in article.problems]
    fields, counted = article.fields, article.counted
    return Row(number, source.path, Action.CREATE, "", fields, counted, problems)


def _taken(index: Page) -> dict[str, str]:
    """Map each slug in use beneath ``index`` to the reason why it is taken."""
    children = Page.objects.child_of(index).values_list("slug", "title")
    refusal = _(
        "Its address “{slug}” is that of the page “{title}” already. Give one of them "
        "another, with “slug:” in the file's front matter."
    )
    return {slug: refusal.format(slug=slug, title=title) for slug, title in children}


def _claim(row: Row, taken: dict[str, str]) -> None:
    """Refuse a file whose slug another page or file uses."""
    slug = row.fields["slug"]
    if slug in taken:
        row.action = Action.REFUSE
        row.reason = taken[slug]
    else:
        taken[slug] = _(
            "Its address “{slug}” is that of the file “{path}” already. Give one of "
            "them another, with “slug:” in the file's front matter."
        ).format(slug=slug, path=row.path)


def _site_of(index: Page) -> Site | None:
    paths: Iterable[Any] = Site.get_site_root_paths()
    for root in paths:
        if index.url_path.startswith(root.root_path):
            return Site.objects.select_related("root_page").get(pk=root.site_id)
    return None
