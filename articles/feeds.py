"""The newest articles, for feed readers: RSS and Atom."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext
from wagtail.models import Site

from articles.models.article_page import ArticlePage
from articles.models.index_page import ArticleIndexPage
from core.chrome import chrome_of
from evidence.formats.text import plain

ARTICLES_PER_FEED = 30


class Source(NamedTuple):
    """The site and host whose articles a feed lists."""

    name: str
    site: Site


if TYPE_CHECKING:
    _Feed = Feed[ArticlePage, "Source"]
else:
    _Feed = Feed  # not generic when it runs


class RssArticlesFeed(_Feed):
    """RSS: titles and standfirsts are HTML there, hence escaped once more.

    What editors paste may hold control characters; XML has no room for them.
    """

    url_name = "articles:rss"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say no date: an article that is moved here or is gone leaves none behind.

        Who has read the feed is told by its ``ETag`` whether anything is new.
        """
        response = super().__call__(request, *args, **kwargs)
        response.headers.pop("Last-Modified", None)
        return response

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Source:
        site = Site.find_for_request(request)
        if site is None:
            raise Http404("There is no site at this address.")
        return Source(plain(chrome_of(request).organisation["name"]), site)

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
        return escape(plain(item.title))

    def item_description(self, item: ArticlePage) -> str:
        return escape(plain(item.standfirst))

    def item_link(self, item: ArticlePage) -> str:
        return str(item.full_url)

    # What a reader has seen stays seen when the address changes.
    item_guid_is_permalink = False

    def item_guid(self, item: ArticlePage) -> str:
        return f"urn:uuid:{item.translation_key}"

    def author_name(self, source: Source) -> str:
        """Return who answers for articles that name nobody; Atom asks for somebody."""
        return source.name

    def item_author_name(self, item: ArticlePage) -> str | None:
        writers = (c for c in item.contributions.all() if c.role in c.WRITING)
        return ", ".join(plain(writer.printed_name) for writer in writers) or None

    def item_pubdate(self, item: ArticlePage) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: ArticlePage) -> datetime | None:
        return item.modified_at

    def item_categories(self, item: ArticlePage) -> list[str]:
        return [plain(item.topic.name)] if item.topic else []


class AtomArticlesFeed(RssArticlesFeed):
    """Atom: titles are plain text there."""

    feed_type = Atom1Feed
    url_name = "articles:atom"

    def subtitle(self, source: Source) -> str:
        return self.description(source)

    def item_title(self, item: ArticlePage) -> str:
        return plain(item.title)
