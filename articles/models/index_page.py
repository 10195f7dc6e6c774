"""The list of articles."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from articles.models.article_page import ArticlePage
from core.models.index_page import IndexByTopicPage
from core.querysets import all_pages, any_page_is_an_alias


class ArticleIndexPage(IndexByTopicPage):
    """The list of articles, newest first, whole or by topic."""

    listed_as = "articles"

    parent_page_types = ["home.HomePage"]
    subpage_types = ["articles.ArticlePage"]

    class Meta:
        verbose_name = _("article index")
        verbose_name_plural = _("article indexes")

    def listed(self) -> Any:
        """Return its articles; an alias beside its original says nothing new."""
        articles = ArticlePage.objects.child_of(self).newest()
        if not any_page_is_an_alias():
            return articles
        beside = all_pages().descendant_of(self).published()
        return articles.exclude(alias_of__in=beside)
