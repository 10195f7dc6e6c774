"""Addresses of the import in the admin."""

from django.urls import path

from evidence.importing.views import CancelView, PreviewView, UploadView

urlpatterns = [
    path("references/import/", UploadView.as_view(), name="reference_import"),
    path(
        "references/import/<uuid:uuid>/",
        PreviewView.as_view(),
        name="reference_import_preview",
    ),
    path(
        "references/import/<uuid:uuid>/cancel/",
        CancelView.as_view(),
        name="reference_import_cancel",
    ),
]
