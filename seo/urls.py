"""Well-known URLs for search engines."""

from django.urls import path, re_path

from seo.crawling.indexnow import KEY, key_file
from seo.sitemaps.views import sitemap
from seo.social_pictures.views import social_picture
from seo.views import robots

app_name = "seo"

urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path(
        "social-pictures/<int:pk>/<slug:digest>.jpg",
        social_picture,
        name="social_picture",
    ),
    re_path(rf"^(?P<key>{KEY})\.txt$", key_file, name="indexnow_key"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap, name="sitemap_section"),
]
