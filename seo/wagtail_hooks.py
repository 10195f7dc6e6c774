"""Wagtail hooks of this app."""

from django.urls import URLPattern, path
from wagtail import hooks

from seo.metadata.samples import sample
from seo.redirects.form import CheckedCreateView, CheckedEditView


@hooks.register("register_admin_urls", order=-1)
def check_redirects_before_wagtail_answers() -> list[URLPattern]:
    return [
        path("redirects/add/", CheckedCreateView.as_view()),
        path("redirects/<int:redirect_id>/", CheckedEditView.as_view()),
    ]


@hooks.register("register_admin_urls")
def register_samples() -> list[URLPattern]:
    route = "metadata-sample/<int:site_pk>/<str:label>/<str:kind>/"
    return [path(route, sample, name="metadata_sample")]
