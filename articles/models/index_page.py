"""The list of articles."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from articles.models.article_page import ArticlePage
from core.models.index_page import IndexByTopicPage


class ArticleIndexPage(IndexByTopicPage):
    """The list of articles, newest first, whole or by topic."""

    listed_as = "articles"

    parent_page_types = ["home.HomePage"]
    subpage_types = ["articles.ArticlePage"]

    class Meta:
        verbose_name = _("article index")
        verbose_name_plural = _("article indexes")

    def listed(self) -> Any:
        return ArticlePage.objects.listed_in(self).newest()
