"""Says on the dashboard that the site's record and `BASE_URL` disagree."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from wagtail.permissions import site_permission_policy

from core.admin.dashboard import Task
from seo.crawling.site_record import problems


def site_tasks(request: HttpRequest) -> Iterator[Task]:
    """Yield what is wrong with the sites, for those who may change them."""
    if site_permission_policy.user_has_permission(request.user, "change"):
        for sentence in problems():
            yield Task(sentence, url=reverse("wagtailsites:index"))
