"""Addresses of the pattern library."""

from django.urls import path

from demonstration.styleguide.views import BlockView, ComponentView, LibraryView

urlpatterns = [
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
