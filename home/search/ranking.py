"""Finds and ranks the pages that answer a question, alike on every database."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import log2
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Case, Count, F, Q, Sum, Value, When

from home.search.asking import SYNONYM, Way, Wish
from home.search.models import SearchWord, Weight
from home.search.words import terms
from testimonials.models.pages import TestimonialPage

MOST = 200  # pages that are ranked, and listed
_MOST_WORDS = 400  # that a question may lead to, all beginnings carried on
_MOST_ENTRIES = 30_000  # of the index that are read to find candidates
_LEAST = 0.5  # of what was asked for, by number of words or by how rare they are
_WHOLE_TITLE = 5  # what a title counts besides that says nothing else


class Said(NamedTuple):
    """That a page says a word: how much by its place, and how often."""

    weight: int
    times: int


_NOT_SAID = Said(0, 0)


class Hit(NamedTuple):
    """A page that answers; the order of hits is that of their fields."""

    in_title: bool
    complete: bool
    score: float
    page: int


class Found(NamedTuple):
    """The primary keys of the pages, best first, and the words that found them."""

    pages: list[int]
    words: set[str]


def find(wishes: list[Wish], pages: Any, language: str) -> Found:
    """Return which of ``pages`` answer the question, at most `MOST`.

    Args:
        wishes: What was asked for.
        pages: A queryset of pages that the visitor may read.
        language: The code of the language that titles are in.
    """
    known = _known_words(wishes)
    wishes = [
        part
        for wish in wishes
        for part in ([wish] if _leads_to(wish, known) else wish.instead or [wish])
    ]
    # What no page says cannot be asked of any.
    wishes = [wish for wish in wishes if _leads_to(wish, known)]
    if not wishes:
        return Found([], set())
    asked = [_leads_to(wish, known) for wish in wishes]
    every = set().union(*asked)
    titles = _candidates(pages, _rarest(asked, known))
    said: dict[int, dict[str, Said]] = defaultdict(dict)
    kept = _may_be_told().filter(page__in=titles, word__in=every)
    values = ("page_id", "word", "weight", "count")
    for page, word, weight, times in kept.values_list(*values):
        one = said[page].get(word, _NOT_SAID)
        said[page][word] = Said(max(one.weight, weight), one.times + times)
    hits = [
        hit
        for page, title in titles.items()
        if (hit := _judge(page, title, wishes, said[page], known, language))
    ]
    return Found([hit.page for hit in sorted(hits, reverse=True)], every)


def _known_words(wishes: Iterable[Wish]) -> dict[str, int]:
    """Return what pages say of the words asked for, with the number of pages."""
    ways = list(_every_way(wishes))
    exact = {term for way in ways for term in way.terms}
    known = _counted(Q(word__in=exact))
    # Each by itself: asked together, databases sort what they find.
    carried_on = [_counted(begins_with(way.beginning)) for way in ways if way.beginning]
    if carried_on:
        first, *others = carried_on
        every = first.union(*others).order_by("-pages", "word")
        return dict([*every[:_MOST_WORDS], *known])
    return dict(known)


def _counted(condition: Q) -> Any:
    words = SearchWord.objects.filter(condition).values_list("word")
    return words.annotate(pages=Count("page")).order_by()


def _every_way(wishes: Iterable[Wish]) -> Iterable[Way]:
    for wish in wishes:
        yield from wish.ways
        yield from _every_way(wish.instead)


def begins_with(beginning: str) -> Q:
    """Return the condition that a word begins so, for which the index is of use."""
    if connection.vendor == "sqlite":  # its LIKE reads every row
        return Q(word__gte=beginning, word__lt=f"{beginning}\U0010ffff")
    return Q(word__startswith=beginning)


def _leads_to(wish: Wish, known: dict[str, int]) -> set[str]:
    """Return the known words by which a page may fulfil ``wish``."""
    return {
        word
        for way in wish.ways
        if way.beginning or known.keys() >= set(way.terms)
        for word in (_carried_on(way, known) if way.beginning else way.terms)
    }


def _carried_on(way: Way, known: Iterable[str]) -> list[str]:
    return [word for word in known if word.startswith(way.beginning)]


def _may_be_told() -> Any:
    """Return the words that readers may find today, without those of other stories."""
    told = TestimonialPage.objects.showable().values("pk")
    return SearchWord.objects.filter(Q(story=None) | Q(story__in=told))


def _rarest(asked: list[set[str]], known: dict[str, int]) -> list[set[str]]:
    """Return those of ``asked`` by which candidates are found, the rarest first.

    Words that nearly every page says would be looked up in vain: what they count is
    added when the candidates are ranked.
    """
    kept: list[set[str]] = []
    total = 0
    for words in sorted(asked, key=lambda words: sum(known[word] for word in words)):
        total += sum(known[word] for word in words)
        if kept and total > _MOST_ENTRIES:
            break
        kept.append(words)
    return kept


def _candidates(pages: Any, asked: list[set[str]]) -> dict[int, str]:
    """Return the titles of the pages that may answer best, by primary key.

    Those that fulfil most wishes, and of these the ones with the weightiest words.
    """
    wish = Case(
        *(When(word__in=words, then=Value(n)) for n, words in enumerate(asked)),
    )
    every = set().union(*asked)
    found = _may_be_told().filter(word__in=every, page__in=pages.values("pk"))
    best = (
        found.values("page_id", title=F("page__title"))
        .annotate(fulfilled=Count(wish, distinct=True), heavy=Sum("weight"))
        .order_by("-fulfilled", "-heavy", "page_id")
    )
    return {each["page_id"]: each["title"] for each in best[:MOST]}


def _judge(
    page: int,
    title: str,
    wishes: list[Wish],
    said: dict[str, Said],
    known: dict[str, int],
    language: str,
) -> Hit | None:
    """Return how well a page answers; None if it says too little of what was asked."""
    score = asked = fulfilled = 0.0
    number = 0
    in_title = True
    for wish in wishes:
        rarity = _rarity(wish, known)
        best, heaviest = _best_way(wish, said)
        asked += rarity
        score += rarity * best
        if best:
            number += 1
            fulfilled += rarity
        in_title &= heaviest >= Weight.TITLE
    if max(number / len(wishes), fulfilled / asked) < _LEAST:
        return None
    if in_title:
        said_by_title = set(terms(title, language))
        share = len(said.keys() & said_by_title) / max(len(said_by_title), 1)
        score += _WHOLE_TITLE * share
    return Hit(in_title, number == len(wishes), round(score, 4), page)


def _rarity(wish: Wish, known: dict[str, int]) -> float:
    """Return what a wish counts: 1 if one page says it, less the more pages do."""
    pages = [known[term] for term in wish.ways[0].terms if term in known]
    return 1 / log2(1 + min(pages, default=1))


def _best_way(wish: Wish, said: dict[str, Said]) -> tuple[float, int]:
    """Return what the page's best way of fulfilling a wish counts, and its weight.

    The weight is 0 where words are no more than similar.
    """
    best, heaviest = 0.0, 0
    for way in wish.ways:
        for place in _places(way, said):
            if place.weight:
                best = max(best, way.counts * (place.weight + log2(place.times) / 2))
                if way.counts >= SYNONYM:
                    heaviest = max(heaviest, place.weight)
    return best, heaviest


def _places(way: Way, said: dict[str, Said]) -> Iterator[Said]:
    if way.beginning:
        yield from (said[word] for word in _carried_on(way, said))
        return
    every = [said.get(term, _NOT_SAID) for term in way.terms]
    yield Said(min(one.weight for one in every), min(one.times for one in every))
