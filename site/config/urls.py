"""Every address of the site; pages come last."""

from django.apps import apps
from django.conf import settings
from django.urls import include, path, re_path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import LogoutView
from wagtail.documents import urls as wagtaildocs_urls

from core.admin.choosers import AddressView, PermittedChosenPagesView
from core.admin.page_search import PageSearchView
from core.media.serving import media
from core.views import health

urlpatterns = [
    # Before Wagtail's own, which deletes the cookie even when it refuses a GET.
    path(
        "admin/logout/", require_POST(LogoutView.as_view()), name="wagtailadmin_logout"
    ),
    # Before Wagtail's own log-in and password reset, at the same addresses.
    path("admin/", include("users.urls")),
    # Before Wagtail's own, which tells everybody of the admin what any page is called.
    path(
        "admin/choose-page/chosen-multiple/",
        never_cache(require_admin_access(PermittedChosenPagesView.as_view())),
    ),
    # Before Wagtail's own, which fails where no address was posted.
    path(
        "admin/choose-external-link/",
        never_cache(require_admin_access(AddressView.as_view())),
    ),
    # Before Wagtail's own, which knows titles alone.
    path(
        "admin/pages/search/",
        never_cache(require_admin_access(PageSearchView.as_view())),
    ),
    path(
        "admin/pages/search/results/",
        never_cache(require_admin_access(PageSearchView.as_view(results_only=True))),
    ),
    path("admin/", include(wagtailadmin_urls)),
    # Wagtail's other log-in, for private pages.
    path(
        "_util/login/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
    ),
    path("_health/live/", health.live),
    path("_health/ready/", health.ready),
    path("documents/", include(wagtaildocs_urls)),
    path("newsletter/", include("newsletter.urls")),
    path("consent/", include("testimonials.consent.urls")),
    path("due/", include("review.due.urls")),
    path("review/", include("review.invitations.urls")),
    path("", include("core.media.handing_out")),
    path("", include("seo.urls")),
    path("", include("articles.urls")),
    path("", include("evidence.urls")),
    path("", include("review.feedback.urls")),
    path("", include("home.urls")),
]

if apps.is_installed("demonstration"):
    urlpatterns.append(path("", include("demonstration.urls")))

if settings.SERVE_MEDIA:
    urlpatterns.append(re_path(r"^media/(?P<path>.+)$", media))

urlpatterns.append(path("applications/", include("applications.urls")))

# A page's own address decides, so these match only what comes before.
urlpatterns.append(path("", include(wagtail_urls)))

handler400 = "core.views.errors.bad_request"
handler500 = "core.views.unavailable.server_error"
