"""Addresses of downloads for readers."""

from django.urls import path

from evidence.views import bibtex

app_name = "evidence"

urlpatterns = [path("references/<int:pk>.bib", bibtex, name="bibtex")]
