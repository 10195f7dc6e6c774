"""The admin's search of pages, which also reads what is not published yet."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from wagtail.admin.views.pages.search import SearchView
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail.search.backends import get_search_backend
from wagtail.search.utils import parse_query_string

from core.models.latest_version import LatestVersion, words_of

MOST = 20
_AROUND = 60  # characters shown before and after what was found


class Found(NamedTuple):
    """A page, and the place in its latest version where a word was found."""

    page: Page
    before: str
    word: str
    after: str


class PageSearchView(SearchView):
    """Wagtail's search of titles, and below it the pages whose text has the words."""

    results_template_name = "core/admin/page_search_results.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["in_text"] = list(self._in_text(context["object_list"]))
        return context

    def _in_text(self, listed: Any) -> Iterator[Found]:
        _, query = parse_query_string(self.search_query or "", operator="and")
        words = re.findall(r"\w+", getattr(query, "query_string", ""))
        if not words:
            return
        pages = page_permission_policy.explorable_instances(self.request.user)
        if self.selected_content_type:
            pages = pages.filter(content_type=self.selected_content_type)
        shown = {page.pk for page in listed}
        for page in islice(_pages(pages, " ".join(words)), MOST + len(shown)):
            if page.pk not in shown:
                yield _found(page, words)


def _pages(pages: Any, query: str) -> Iterator[Page]:
    """Yield those of ``pages`` that have the words, in their latest version first."""
    search = get_search_backend()
    versions = LatestVersion.objects.filter(page__in=pages.values("pk"))
    seen = set()
    for version in search.autocomplete(query, versions.select_related("page"))[:MOST]:
        seen.add(version.pk)
        yield version.page
    for page in search.search(query, pages, operator="and")[:MOST]:
        if page.pk not in seen:
            yield page


def _found(page: Page, words: list[str]) -> Found:
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\w*", re.IGNORECASE)
    text = ""
    for version in (page.get_latest_revision_as_object(), page.specific):
        text = " ".join(words_of(version).split())
        if match := pattern.search(text):
            start, end = match.span()
            before = text[max(start - _AROUND, 0) : start]
            return Found(page, before, match[0], text[end : end + _AROUND])
    # A form of the word, which the database knows.
    return Found(page, "", "", text[: 2 * _AROUND])
