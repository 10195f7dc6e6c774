"""What the site asks of its articles."""

from typing import Any

from django.db.models import Prefetch
from wagtail.models import PageManager

from core.querysets import PublicPageQuerySet


class ArticleQuerySet(PublicPageQuerySet):
    """Completes the sentence “articles …”."""

    def newest(self) -> "ArticleQuerySet":
        """Return the published articles anyone may read, the latest first."""
        return self.live().public().order_by("-first_published_at", "-pk")

    def about(self, topic: Any) -> "ArticleQuerySet":
        """Return the articles on ``topic`` (a core.Topic or its primary key)."""
        return self.filter(topic=topic)

    def by(self, person: Any) -> "ArticleQuerySet":
        """Return the articles to which ``person`` has contributed."""
        return self.filter(contributions__person=person).distinct()

    def with_contributors(self) -> "ArticleQuerySet":
        """Fetch with each article its topic and who contributed to it."""
        link = self.model.contributions.rel.related_model
        contributions = link.objects.select_related("person")
        return self.select_related("topic").prefetch_related(
            Prefetch("contributions", contributions)
        )

    def for_cards(self) -> "ArticleQuerySet":
        """Fetch with each article what its card in a list prints."""
        cards = self.with_contributors().select_related("lead_image", "topic")
        return cards.prefetch_related("lead_image__renditions")


ArticleManager: Any = PageManager.from_queryset(ArticleQuerySet)
