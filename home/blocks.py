"""The stream of the front page, topic pages and plain pages."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from articles.blocks import ArticleBodyBlock
from articles.models.article_page import ArticlePage
from articles.querysets import newest_cards
from core.blocks import groups
from core.models.topics import Topic
from core.prefetch.pictures import shown_picture
from core.querysets import shown_pages
from home import previews
from review.accessibility.blocks import AccessibilityStatementBlock


class LatestArticlesBlock(blocks.StructBlock):
    """The newest articles, whatever they are about."""

    heading = blocks.CharBlock(max_length=120, label=_("Heading"))
    count = blocks.IntegerBlock(
        min_value=1,
        max_value=12,
        default=3,
        help_text=_("How many are shown."),
        label=_("Count"),
    )

    class Meta:
        icon = "doc-full-inverse"
        label = _("Latest articles")
        group = groups.LISTS
        template = "home/blocks/latest_articles.html"
        description = _("The newest articles, kept up to date by itself")
        preview_value = {"heading": "From the journal", "count": 3}

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        count = value["count"] or 3
        if samples := context.get("sample_articles"):
            context["articles"] = samples[:count]
        else:
            context["articles"] = newest_cards(ArticlePage, count)
            prefetch_related_objects(context["articles"], shown_picture("lead_image"))
        return context

    def get_preview_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(value, parent_context)
        return {**context, "sample_articles": [previews.article()] * 3}


class TopicsBlock(blocks.StructBlock):
    """Every topic that has a hub page."""

    heading = blocks.CharBlock(max_length=120, label=_("Heading"))

    class Meta:
        icon = "tag"
        label = _("Topics")
        group = groups.LISTS
        template = "home/blocks/topics.html"
        description = _("The topics that have a page, kept up to date by itself")
        preview_value = {"heading": "What we treat"}

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        with_page = Topic.objects.filter(hub__in=shown_pages()).select_related("hub")
        context["topics"] = context.get("sample_topics") or with_page
        return context

    def get_preview_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(value, parent_context)
        return {**context, "sample_topics": previews.topics()}


class PageBodyBlock(ArticleBodyBlock):
    """The blocks of an article, and lists that stay up to date by themselves."""

    latest_articles = LatestArticlesBlock()
    topics = TopicsBlock()
    accessibility_statement = AccessibilityStatementBlock()
