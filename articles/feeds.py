"""The newest articles, for feed readers: RSS and Atom."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape
from django.utils.http import http_date
from django.utils.translation import gettext
from wagtail.models import Site

from articles.models.article_page import ArticlePage
from articles.models.index_page import ArticleIndexPage
from core.chrome import chrome_of
from delivery.calendar import period
from seo.characters import one_line

ARTICLES_PER_FEED = 30
_DUBLIN_CORE = {"xmlns:dc": "http://purl.org/dc/elements/1.1/"}


class Source(NamedTuple):
    """The site and host whose articles a feed lists."""

    name: str
    site: Site


class Author(NamedTuple):
    """Somebody who wrote an article; ``url`` is "" without a published profile."""

    name: str
    url: str


class _Rss(Rss201rev2Feed):
    """RSS that names each author by itself."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for author in item["authors"]:
            handler.addQuickElement("dc:creator", author.name, _DUBLIN_CORE)


class _Atom(Atom1Feed):
    """Atom that names each author by itself."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for author in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", author.name)
            if author.url:
                handler.addQuickElement("uri", author.url)
            handler.endElement("author")


if TYPE_CHECKING:
    _Feed = Feed[ArticlePage, "Source"]
else:
    _Feed = Feed  # not generic when it runs


class RssArticlesFeed(_Feed):
    """RSS: titles and standfirsts are HTML there, hence escaped once more.

    What editors paste may hold control characters; XML has no room for them.
    """

    feed_type: type[SyndicationFeed] = _Rss
    url_name = "articles:rss"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say since when nothing on the site has changed, where that is known.

        Not the latest article's date: one that is moved here or is gone leaves none
        behind. Who has read the feed is also told by its ``ETag`` whether anything is
        new.
        """
        response = super().__call__(request, *args, **kwargs)
        response.headers.pop("Last-Modified", None)
        if since := period():
            response.headers["Last-Modified"] = http_date(since.timestamp())
        return response

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Source:
        site = Site.find_for_request(request)
        if site is None:
            raise Http404("There is no site at this address.")
        return Source(one_line(chrome_of(request).organisation["name"]), site)

    def title(self, source: Source) -> str:
        return gettext("%(name)s: articles") % {"name": source.name}

    def description(self, source: Source) -> str:
        return gettext("The newest articles of %(name)s.") % {"name": source.name}

    def link(self, source: Source) -> str:
        """Return the address of the list of articles, else of the front page."""
        indexes = ArticleIndexPage.objects.shown()
        index = indexes.descendant_of(source.site.root_page).first()
        return (index.full_url if index else "") or f"{source.site.root_url}/"

    def feed_url(self, source: Source) -> str:
        return f"{source.site.root_url}{reverse(self.url_name)}"

    def items(self, source: Source) -> Any:
        articles = ArticlePage.objects.newest().originals()
        articles = articles.descendant_of(source.site.root_page)
        return (
            articles.filter(first_published_at__isnull=False)
            .select_related("topic")
            .prefetch_related("contributions__person")
            .defer_streamfields()[:ARTICLES_PER_FEED]
        )

    def item_title(self, item: ArticlePage) -> str:
        return escape(one_line(item.title))

    def item_description(self, item: ArticlePage) -> str:
        return escape(one_line(item.standfirst))

    def item_link(self, item: ArticlePage) -> str:
        return str(item.full_url)

    # What a reader has seen stays seen when the address changes.
    item_guid_is_permalink = False

    def item_guid(self, item: ArticlePage) -> str:
        return f"urn:uuid:{item.translation_key}"

    def author_name(self, source: Source) -> str:
        """Return who answers for articles that name nobody; Atom asks for somebody."""
        return source.name

    def item_extra_kwargs(self, item: ArticlePage) -> dict[str, list[Author]]:
        writers = (c for c in item.contributions.all() if c.role in c.WRITING)
        named = (Author(one_line(c.printed_name), _profile(c.person)) for c in writers)
        return {"authors": [author for author in named if author.name]}

    def item_pubdate(self, item: ArticlePage) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: ArticlePage) -> datetime | None:
        return item.modified_at

    def item_categories(self, item: ArticlePage) -> list[str]:
        return [one_line(item.topic.name)] if item.topic else []


class AtomArticlesFeed(RssArticlesFeed):
    """Atom: titles are plain text there."""

    feed_type = _Atom
    url_name = "articles:atom"

    def subtitle(self, source: Source) -> str:
        return self.description(source)

    def item_title(self, item: ArticlePage) -> str:
        return one_line(item.title)


def _profile(person: Any) -> str:
    """Return the address of somebody's profile, "" where readers find none."""
    return (person.full_url or "") if person and person.is_published else ""
