"""What this room adds to the admin; `seo.wagtail_hooks` registers it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import ngettext

from seo.crawling.asking import named_as_canonical
from seo.crawling.report import CrawlersMenuItem, CrawlersView
from seo.redirects.asking import is_not_confirmed


def report_urls() -> list[URLPattern]:
    view = CrawlersView
    return [
        path("reports/crawlers/", view.as_view(), name="crawlers"),
        path(
            "reports/crawlers/results/",
            view.as_view(results_only=True),
            name="crawlers_results",
        ),
    ]


def report_menu_item() -> CrawlersMenuItem:
    return CrawlersMenuItem(
        CrawlersView.page_title,
        reverse_lazy("crawlers"),
        icon_name=CrawlersView.header_icon,
        order=1020,
    )


def say_whose_canonical_page_goes(request: HttpRequest, page: Any) -> None:
    """Say how many pages are canonical to themselves again once ``page`` is gone."""
    if request.method != "POST" or is_not_confirmed(request):
        return
    gone = page.get_descendants(inclusive=True).values_list("pk", flat=True)
    if count := sum(named_as_canonical(list(gone)).values()):
        words = ngettext(
            "{count} page named what was deleted as its canonical address, and is "
            "canonical to itself now.",
            "{count} pages named what was deleted as their canonical address, and are "
            "canonical to themselves now.",
            count,
        )
        messages.warning(request, words.format(count=count))
