"""The application's configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"

    def ready(self) -> None:
        from articles import rules  # noqa: F401  (registers them)
        from articles.importing import findings  # noqa: F401  (registers its rule)
        from delivery.visibility import hide_models
        from seo.discovery import announce_feed

        announce_feed(_("Articles (RSS)"), "articles:rss", "application/rss+xml")
        announce_feed(_("Articles (Atom)"), "articles:atom", "application/atom+xml")
        hide_models(
            "articles.ArticleImport",
            "articles.ArticleImportFile",
            "articles.ImportFinding",
        )
