"""Well-known URLs for search engines."""

from django.urls import path

from seo.sitemaps.views import sitemap
from seo.views import robots

app_name = "seo"

urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap, name="sitemap_section"),
]
