"""Well-known URLs for search engines."""

from django.urls import path, re_path

from seo.crawling.indexnow import KEY, key_file
from seo.sitemaps import sitemap
from seo.views import robots

app_name = "seo"

urlpatterns = [
    path("robots.txt", robots, name="robots"),
    re_path(rf"^(?P<key>{KEY})\.txt$", key_file, name="indexnow_key"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap, name="sitemap_section"),
]
