"""Results that editors put first for a question."""

from typing import Any

from wagtail.contrib.search_promotions.models import SearchPromotion

from home.search.words import Word, words


def promotions_for(question: str, language: str, pages: Any) -> list[SearchPromotion]:
    """Return the promotions for ``question``, in the editors' order.

    One is for every question that has all of its words, and is made of them by half:
    “doctors” also answers “who are the doctors”.

    Args:
        question: What the visitor typed.
        language: The code of the site's language.
        pages: A queryset of the pages that the visitor may read.
    """
    asked = _said(list(words(question, language)))
    promotions = SearchPromotion.objects.select_related("query").order_by(
        "query__query_string", "sort_order"
    )
    fitting = [
        promotion
        for promotion in promotions
        if _fits(promotion.query.query_string, asked, language)
    ]
    promoted = [each.page_id for each in fitting if each.page_id]
    readable = set(
        pages.filter(pk__in=promoted).values_list("pk", flat=True) if promoted else ()
    )
    # The same page for two of the questions is one result.
    shown: dict[Any, SearchPromotion] = {}
    for each in fitting:
        if each.page_id is None or each.page_id in readable:
            shown.setdefault(each.page_id or each.external_link_url, each)
    return list(shown.values())


def _said(found: list[Word]) -> set[str]:
    return {word.term for word in found if not word.is_stop} or {
        word.term for word in found
    }


def _fits(query: str, asked: set[str], language: str) -> bool:
    promoted = _said(list(words(query, language)))
    return bool(promoted) and promoted <= asked and 2 * len(promoted) >= len(asked)
