"""Every address of the site; pages come last."""

from django.conf import settings
from django.urls import include, path, re_path
from django.views.decorators.http import require_POST
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.views.account import LogoutView
from wagtail.documents import urls as wagtaildocs_urls

from core.views import media

urlpatterns = [
    # Before Wagtail's own, which deletes the cookie even when it refuses a GET.
    path(
        "admin/logout/", require_POST(LogoutView.as_view()), name="wagtailadmin_logout"
    ),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("newsletter/", include("newsletter.urls")),
    path("", include("seo.urls")),
    path("", include("articles.urls")),
    path("", include("evidence.urls")),
    path("", include("home.urls")),
]

if settings.SERVE_MEDIA:
    urlpatterns.append(re_path(r"^media/(?P<path>.+)$", media))

urlpatterns.append(path("applications/", include("applications.urls")))

# A page's own address decides, so these match only what comes before.
urlpatterns.append(path("", include(wagtail_urls)))

handler400 = "core.views.bad_request"
