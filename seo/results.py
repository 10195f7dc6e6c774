"""How a page stands in a list of search results."""

from seo.models import MetadataMixin

# Characters, about: search engines cut by width, which differs from screen to screen.
LONGEST_TITLE = 60
SHORTEST_DESCRIPTION = 50
LONGEST_DESCRIPTION = 160


def title(page: MetadataMixin) -> str:
    """Return the page's own part of its title; the site's name after it may be cut."""
    name: str = page.seo_title or page.title
    return name


def description(page: MetadataMixin) -> str:
    """Return what is offered to stand under the title, "" for nothing."""
    return " ".join((page.search_description or page.summary_text).split())


def cut(title: str) -> str:
    """Return as much of a long title as is shown, without the word that breaks."""
    return title[:LONGEST_TITLE].rsplit(" ", 1)[0]
