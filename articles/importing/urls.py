"""Addresses of the import in the admin."""

from django.urls import path

from articles.importing.paste_view import PasteView
from articles.importing.views import CancelView, PreviewView, UploadView

urlpatterns = [
    path("articles/paste/", PasteView.as_view(), name="article_paste"),
    path(
        "articles/import/<int:index_pk>/", UploadView.as_view(), name="article_import"
    ),
    path(
        "articles/import/<uuid:uuid>/",
        PreviewView.as_view(),
        name="article_import_preview",
    ),
    path(
        "articles/import/<uuid:uuid>/cancel/",
        CancelView.as_view(),
        name="article_import_cancel",
    ),
]
