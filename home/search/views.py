"""The page of search results."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.contrib.search_promotions.models import SearchPromotion

from applications.models.pages import ApplicationFormPage
from articles.models.article_page import ArticlePage
from core.models.index_page import screenful
from home.search import nothing_found
from home.search.asking import Thesaurus, wishes
from home.search.highlighting import parts
from home.search.models import Synonyms
from home.search.pages import readable_pages
from home.search.promoted import promotions_for
from home.search.ranking import Found, find
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


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the search form and, given a query, a page of results."""
    asked = "query" in request.GET
    form = SearchForm(request.GET if asked else None)
    context: dict[str, Any] = {"form": form, "title": gettext("Search")}
    if asked and form.is_valid():
        query = form.cleaned_data["query"]
        context |= {
            "title": gettext("Search: %(query)s") % {"query": query},
            "query": query,
            "query_string": urlencode({"query": query}),
            **_results(request, query),
        }
    return render(request, "home/search.html", context)


def _results(request: HttpRequest, query: str) -> dict[str, Any]:
    pages = readable_pages(request)
    language = get_language() or ""
    promotions = promotions_for(query, language, pages)
    found = _found(query, pages, language)
    promoted = {promotion.page_id for promotion in promotions}
    listed = [*promotions, *(pk for pk in found.pages if pk not in promoted)]
    results = screenful(listed, RESULTS_PER_PAGE, request)
    if listed:
        return {
            "results": results,
            "cards": _cards(request, pages, results, query, found),
        }
    better = nothing_found.better_spelling(query, pages)
    return {
        "results": results,
        "better": better,
        "better_query_string": urlencode({"query": better}),
        "topics": nothing_found.topics(pages),
        "contact_page": _contact_page(pages, language),
    }


def _contact_page(pages: Any, language: str) -> Any:
    """Return the page that answers best who asks for the contact, or None."""
    query = gettext("contact")
    promoted = [each.page_id for each in promotions_for(query, language, pages)]
    best = [*filter(None, promoted), *_found(query, pages, language).pages][:1]
    return pages.filter(pk__in=best).first()


def _found(query: str, pages: Any, language: str) -> Found:
    kept = [synonyms.phrases for synonyms in Synonyms.objects.all()]
    return find(wishes(query, language, Thesaurus(kept, language)), pages, language)


def _cards(
    request: HttpRequest, readable: Any, results: Any, query: str, found: Found
) -> list[dict[str, Any]]:
    """Return what is printed of each of ``results``, a screenful of ``readable``."""
    promoted = {each: each for each in results if isinstance(each, SearchPromotion)}
    shown = [each.page_id if each in promoted else each for each in results]
    pages = readable.defer_streamfields().specific().in_bulk(shown)
    cards = []
    for result, pk in zip(results, shown, strict=True):
        page, promotion = pages.get(pk), promoted.get(result)
        if page:
            card = _page_card(page, request)
        elif promotion:
            card = {
                "url": promotion.external_link_url,
                "title": promotion.external_link_text,
                "summary": "",
            }
        else:  # it was taken down meanwhile
            continue
        if promotion:
            card["summary"] = promotion.description or card["summary"]
            card["kind"] = gettext("suggestion")
        for name in ("title", "summary"):
            card[name] = list(parts(card[name], query, found.words))
        cards.append(card)
    return cards


def _page_card(page: Any, request: HttpRequest) -> dict[str, Any]:
    return {
        "url": page.get_url(request),
        "title": page.title,
        "summary": Truncator(page.summary_text).words(EXCERPT_WORDS),
        "kind": page.page_type_display_name if isinstance(page, NAMED_TYPES) else "",
    }
