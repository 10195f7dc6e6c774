"""QuerySet of articles."""

from typing import Any

from django.db.models import Prefetch
from django.db.models.functions import Coalesce, TruncDate
from wagtail.models import PageManager

from core.prefetch.pictures import shown_picture
from core.querysets import PublicPageQuerySet


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

    def with_contributors(self) -> "ArticleQuerySet":
        """Prefetch topics and contributors."""
        link = self.model.contributions.rel.related_model
        contributions = link.objects.select_related("person")
        return self.select_related("topic").prefetch_related(
            Prefetch("contributions", contributions)
        )

    def for_cards(self) -> "ArticleQuerySet":
        """Prefetch everything that an article's card prints."""
        cards = self.with_contributors().select_related("topic")
        return cards.prefetch_related(shown_picture("lead_image"))


ArticleManager: Any = PageManager.from_queryset(ArticleQuerySet)
