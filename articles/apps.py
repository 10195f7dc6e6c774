"""The application's configuration."""

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"

    def ready(self) -> None:
        from seo.discovery import announce_feed

        announce_feed("Articles (RSS)", "articles:rss", "application/rss+xml")
        announce_feed("Articles (Atom)", "articles:atom", "application/atom+xml")
