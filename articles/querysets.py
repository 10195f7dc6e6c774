"""QuerySet of articles."""

import copy
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import F, Model
from django.db.models.functions import Coalesce, TruncDate
from django.db.models.query import ModelIterable
from wagtail.models import PageManager

from core.prefetch.pictures import shown_picture
from core.querysets import PublicPageQuerySet
from delivery.calendar import period
from delivery.once import once_per_generation

_MOST_CARDS = 500  # that are kept; all articles of most sites
_ON_CARDS = (
    "url_path",
    "title",
    "search_description",
    "standfirst",
    "lead_image",
    "first_published_on",
    "first_published_at",
)


class _WithNames(ModelIterable):  # type: ignore[type-arg]
    """Yields articles once the names of all their contributors are read.

    As rows: what a card prints of a contributor is one text.
    """

    def __iter__(self) -> Iterator[Any]:
        articles = {article.pk: article for article in super().__iter__()}
        names: dict[int, list[str]] = {pk: [] for pk in articles}
        of_articles: Any = self.queryset.model
        contributions = of_articles.contributions.rel.related_model.objects
        rows = contributions.filter(article__in=articles).order_by("sort_order")
        printed = Coalesce(F("person__title"), F("name"))
        for pk, name in rows.values_list("article_id", printed):
            names[pk].append(name)
        for pk, article in articles.items():
            article.names = names[pk]
        return iter(articles.values())


class ArticleQuerySet(PublicPageQuerySet):
    """Completes the sentence “articles …”."""

    def newest(self) -> "ArticleQuerySet":
        """Return the published articles anyone may read, the latest first."""
        published_on = Coalesce("first_published_on", TruncDate("first_published_at"))
        order = published_on.desc(), "-first_published_at", "-pk"
        return self.shown().order_by(*order)

    def about(self, topic: Any) -> "ArticleQuerySet":
        """Return the articles on ``topic`` (a core.Topic or its primary key)."""
        return self.filter(topic=topic)

    def by(self, person: Any) -> "ArticleQuerySet":
        """Return the articles to which ``person`` has contributed."""
        return self.filter(contributions__person=person).distinct()

    def with_names(self) -> "ArticleQuerySet":
        """Fetch what cards print and no more, with topics and contributors' names."""
        cards = self.select_related("topic")
        cards = cards.only(*_ON_CARDS, "topic__name", "topic__slug")
        # As Wagtail's ``specific()`` does; Django documents no way.
        cards._iterable_class = _WithNames
        return cards

    def for_cards(self) -> "ArticleQuerySet":
        """Fetch everything that an article's card prints, and no more."""
        return self.with_names().prefetch_related(shown_picture("lead_image"))


ArticleManager: Any = PageManager.from_queryset(ArticleQuerySet)


def newest_cards(
    articles: type[Model],
    count: int,
    topic_pk: int | None = None,
    locale_pk: int | None = None,
) -> list[Any]:
    """Return the newest articles, of a topic or of all, without their pictures.

    Many pages print the same ones, so that they are fetched once per generation. Each
    page gets copies, and fills in the pictures that it may show.
    """
    newest = _newest(articles, count, topic_pk, locale_pk, period())
    return [copy.copy(article) for article in newest]


def picked_cards(articles: Any, pks: Collection[int]) -> dict[int, Any]:
    """Return those of the articles that readers may see, without their pictures.

    Like `newest_cards`: what several articles lead to is fetched once per generation.
    """
    kept = _picked(articles, period())
    found = {pk: kept[pk] for pk in pks if pk in kept}
    if missing := [pk for pk in pks if pk not in found]:
        asked = articles.objects.shown().with_names().in_bulk(missing)
        found |= {pk: asked.get(pk) for pk in missing}
        if len(kept) < _MOST_CARDS:
            kept |= found
    return {pk: copy.copy(article) for pk, article in found.items() if article}


@once_per_generation
def _picked(_articles: Any, _period: datetime | None) -> dict[int, Any]:
    """Return the articles that pages have led to; None is one nobody may see.

    Threads add to it what they would all find.
    """
    return {}


@once_per_generation
def _newest(
    articles: Any,
    count: int,
    topic_pk: int | None,
    locale_pk: int | None,
    _period: datetime | None,
) -> list[Any]:
    newest = articles.objects.newest().originals().with_names()
    if topic_pk is not None:
        newest = newest.about(topic_pk)
    if locale_pk is not None:
        newest = newest.filter(locale=locale_pk)
    return list(newest[:count])
