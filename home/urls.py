"""Addresses that belong to no page."""

from django.urls import path

from home.search import search
from home.styleguide.views import BlockView, ComponentView, LibraryView

urlpatterns = [
    path("search/", search, name="search"),
    path("styleguide/", LibraryView.as_view(), name="styleguide"),
    path(
        "styleguide/blocks/<slug:slug>/", BlockView.as_view(), name="styleguide_block"
    ),
    path(
        "styleguide/components/<slug:slug>/",
        ComponentView.as_view(),
        name="styleguide_component",
    ),
]
