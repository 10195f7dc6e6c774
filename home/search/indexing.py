"""Keeps the words of published pages for the site's search."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex

from core.page_language import language_code
from home.search.models import SearchWord, Weight
from home.search.passages import passages
from home.search.words import terms, words
from testimonials.models.consent import Consent
from testimonials.models.pages import TestimonialPage

_MOST_COUNTED = 1000
_AT_A_TIME = 2000
_ENTRIES_OF_LATE = timedelta(days=31)


def index_page(page: Any) -> None:
    """Keep the words of ``page``, which is of its own type; none unless published."""
    found = list(words_of(page)) if page.live else []
    with transaction.atomic():
        SearchWord.objects.filter(page=page.pk).delete()
        SearchWord.objects.bulk_create(found, batch_size=_AT_A_TIME)


def index_every_page() -> int:
    """Keep the words of all pages anew, and return the number of pages."""
    pages = Page.objects.live().filter(depth__gt=1)
    SearchWord.objects.exclude(page__in=pages.values("pk")).delete()
    number = 0
    for page in pages.specific().iterator(chunk_size=100):
        index_page(page)
        number += 1
    return number


def index_new_entries() -> int:
    """Index stories with entries whose day has come of late; return how many.

    Of each that is among them there is an entry of that day or later. The days are so
    many that nights may be missed.
    """
    since = timezone.localdate() - _ENTRIES_OF_LATE
    stories = TestimonialPage.objects.live().filter(latest_entry_on__gte=since)
    number = 0
    for story in stories.iterator(chunk_size=100):
        index_page(story)
        number += 1
    return number


def words_of(page: Any) -> Iterator[SearchWord]:
    """Yield the words of ``page``, but none of a story that no consent covers."""
    language = language_code(page.locale_id)
    weights: dict[tuple[str, int | None], Weight] = {}
    counts: Counter[tuple[str, int | None]] = Counter()
    for text, weight, story in passages(page):
        found = list(terms(text, language))
        if weight is Weight.TITLE:
            # For questions of nothing but stop words.
            found += [word.term for word in words(text, language) if word.is_stop]
        for term in found:
            key = (term, story)
            counts[key] += 1
            weights[key] = max(weight, weights.get(key, weight))
    withheld = _without_consent({story for _term, story in counts if story})
    for (term, story), weight in weights.items():
        if story not in withheld:
            yield SearchWord(
                page_id=page.pk,
                word=term,
                weight=weight,
                count=min(counts[term, story], _MOST_COUNTED),
                story_id=story,
            )


def follow_consents() -> None:
    """Take out the words of stories that no consent covers, and put others back.

    The search asks about consents itself; this leaves nothing behind in the database.
    """
    told = TestimonialPage.objects.filter(_has_consent())
    SearchWord.objects.exclude(story=None).exclude(story__in=told.values("pk")).delete()
    indexed = SearchWord.objects.filter(story=OuterRef("pk"))
    for story in told.live().exclude(Exists(indexed)):
        for page in {story.pk: story, **_quoting(story)}.values():
            index_page(page)


def _quoting(story: TestimonialPage) -> dict[int, Any]:
    """Return the pages that refer to ``story``, by primary key."""
    references = ReferenceIndex.get_references_to(story)
    pages = Page.objects.filter(
        pk__in=[int(pk) for pk in references.values_list("object_id", flat=True)]
    )
    found: dict[int, Any] = pages.specific().in_bulk()
    return found


def _has_consent() -> Exists:
    """Return the condition that a story may be told now, or on a day to come."""
    consents = Consent.objects.not_ended().filter(scope_medical_detail=True)
    return Exists(consents.filter(subject=OuterRef("subject")))


def _without_consent(stories: Iterable[int]) -> set[int]:
    """Return those of ``stories`` that may not be told."""
    asked = set(stories)
    if not asked:
        return asked
    told = TestimonialPage.objects.filter(_has_consent(), pk__in=asked)
    return asked - set(told.values_list("pk", flat=True))
