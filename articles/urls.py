"""Addresses of the feeds."""

from django.urls import path
from django.views.decorators.http import conditional_page

from articles.feeds import AtomArticlesFeed, RssArticlesFeed

app_name = "articles"

urlpatterns = [
    path("feeds/articles.rss", conditional_page(RssArticlesFeed()), name="rss"),
    path("feeds/articles.atom", conditional_page(AtomArticlesFeed()), name="atom"),
]
