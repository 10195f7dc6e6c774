"""The site's search over public pages."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from applications.models.pages import ApplicationFormPage
from articles.models.article_page import ArticlePage
from core.querysets import not_past
from people.models import PersonPage
from testimonials.models.pages import TestimonialPage

# What readers call by the name of its type; “content page” would tell them nothing.
NAMED_TYPES = (ApplicationFormPage, ArticlePage, PersonPage, TestimonialPage)
RESULTS_PER_PAGE = 10
EXCERPT_WORDS = 40


class SearchForm(forms.Form):
    """The search form."""

    query = forms.CharField(
        max_length=300,
        error_messages={
            "required": _("Enter a word or two to search for."),
            "max_length": _("Shorten this to %(limit_value)d characters or fewer."),
        },
        widget=forms.TextInput(attrs={"type": "search", "id": "search-query"}),
    )


class Part(NamedTuple):
    """A part of a text, and whether it matches the query."""

    text: str
    found: bool


def parts(text: str, query: str) -> Iterator[Part]:
    """Split ``text`` at words of ``query``."""
    words = sorted(set(re.findall(r"\w{2,}", query)), key=len, reverse=True)
    if not words:
        yield Part(text, found=False)
        return
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, words))})", re.IGNORECASE)
    for place, stretch in enumerate(pattern.split(text)):
        if stretch:
            yield Part(stretch, found=place % 2 == 1)


def matches(request: HttpRequest, query: str) -> Any:
    """Return the public pages that match ``query``, best first.

    Only words reach the database: SQLite reads quotes and brackets as its own language.
    """
    words = " ".join(re.findall(r"\w+", query))
    return readable_pages(request).search(words) if words else []


def readable_pages(request: HttpRequest) -> Any:
    """Return the public pages of the request's site."""
    site = Site.find_for_request(request)
    if site is None:
        return Page.objects.none()
    withheld = TestimonialPage.objects.beyond_consent().values("pk")
    # What an alias says, its original says.
    others = Page.objects.filter(~not_past() | Q(alias_of__live=True)).values("pk")
    return (
        Page.objects.live()
        .public()
        .descendant_of(site.root_page, inclusive=True)
        .exclude(pk__in=withheld)
        .exclude(pk__in=others)
        .defer_streamfields()
        .specific()
    )


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the search form and, given a query, a page of results."""
    asked = "query" in request.GET
    form = SearchForm(request.GET if asked else None)
    context: dict[str, Any] = {"form": form, "title": gettext("Search")}
    if asked and form.is_valid():
        query = form.cleaned_data["query"]
        paginator = Paginator(matches(request, query), RESULTS_PER_PAGE)
        results = paginator.get_page(request.GET.get("page"))
        context |= {
            "title": gettext("Search: %(query)s") % {"query": query},
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
