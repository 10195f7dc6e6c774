"""The models of this app, one subject a file."""

from articles.importing.models import (
    ArticleImport,
    ArticleImportFile,
    ImportFinding,
)

from .article_page import ArticlePage
from .contributions import Contribution, RelatedArticle
from .index_page import ArticleIndexPage

__all__ = [
    "ArticleImport",
    "ArticleImportFile",
    "ArticleIndexPage",
    "ArticlePage",
    "Contribution",
    "ImportFinding",
    "RelatedArticle",
]
