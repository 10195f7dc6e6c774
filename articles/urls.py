"""Addresses of the feeds."""

from django.urls import path

from articles.feeds import AtomArticlesFeed, RssArticlesFeed

app_name = "articles"

urlpatterns = [
    path("feeds/articles.rss", RssArticlesFeed(), name="rss"),
    path("feeds/articles.atom", AtomArticlesFeed(), name="atom"),
]
