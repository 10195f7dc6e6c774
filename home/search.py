"""The site's own search, over every page that anybody may read."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import Truncator
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from applications.models.pages import ApplicationFormPage
from articles.models.article_page import ArticlePage
from people.models import PersonPage
from testimonials.models.pages import TestimonialPage

# What readers call by the name of its type; “content page” would tell them nothing.
NAMED_TYPES = (ApplicationFormPage, ArticlePage, PersonPage, TestimonialPage)
RESULTS_PER_PAGE = 10
EXCERPT_WORDS = 40


class SearchForm(forms.Form):
    """What a reader is looking for."""

    query = forms.CharField(
        max_length=300,
        error_messages={
            "required": "Type a word or two to search for.",
            "max_length": "Please shorten this to %(limit_value)d characters.",
        },
        widget=forms.TextInput(attrs={"type": "search", "id": "search-query"}),
    )


class Part(NamedTuple):
    """A stretch of text, and whether the reader searched for it."""

    text: str
    found: bool


def parts(text: str, query: str) -> Iterator[Part]:
    """Split ``text`` where words of ``query`` stand in it."""
    words = sorted(set(re.findall(r"\w{2,}", query)), key=len, reverse=True)
    if not words:
        yield Part(text, found=False)
        return
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, words))})", re.IGNORECASE)
    for place, stretch in enumerate(pattern.split(text)):
        if stretch:
            yield Part(stretch, found=place % 2 == 1)


def matches(request: HttpRequest, query: str) -> Any:
    """Return the readable pages that hold a word of ``query``, the best first.

    Only words reach the database: SQLite reads quotes and brackets as its own language.
    """
    words = " ".join(re.findall(r"\w+", query))
    return readable_pages(request).search(words) if words else []


def readable_pages(request: HttpRequest) -> Any:
    """Return the pages of the request's site that anybody may read now."""
    site = Site.find_for_request(request)
    if site is None:
        return Page.objects.none()
    withheld = TestimonialPage.objects.beyond_consent().values("pk")
    return (
        Page.objects.live()
        .public()
        .descendant_of(site.root_page, inclusive=True)
        .exclude(pk__in=withheld)
        .defer_streamfields()
        .specific()
    )


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the search form and, when something was asked for, a page of results."""
    asked = "query" in request.GET
    form = SearchForm(request.GET if asked else None)
    context: dict[str, Any] = {"form": form, "title": "Search"}
    if asked and form.is_valid():
        query = form.cleaned_data["query"]
        paginator = Paginator(matches(request, query), RESULTS_PER_PAGE)
        results = paginator.get_page(request.GET.get("page"))
        context |= {
            "title": f"Search: {query}",
            "query": query,
            "query_string": urlencode({"query": query}),
            "results": results,
            "cards": [_card(page, query, request) for page in results],
        }
    return render(request, "home/search.html", context)


def _card(page: Any, query: str, request: HttpRequest) -> dict[str, Any]:
    summary = Truncator(page.summary_text).words(EXCERPT_WORDS)
    return {
        "url": page.get_url(request),
        "title": list(parts(page.title, query)),
        "summary": list(parts(summary, query)),
        "kind": page.page_type_display_name if isinstance(page, NAMED_TYPES) else "",
    }
