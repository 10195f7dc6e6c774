"""Which earlier versions of a story are closed, as its person allows less since."""

import re
from collections.abc import Collection
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Any

from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from core.text.wording import texts_within
from testimonials.models.consent import SCOPES, Consent
from testimonials.models.taken_out import loses_words


def closed(story: Any, versions: Collection[int]) -> set[int]:
    """Return those of the versions of ``story`` that nobody may read today.

    Of another person; from before something was taken back or has ended, since what was
    mended then stands in them; with a typed name or initials that may not be printed
    today; and with words that were taken out or changed later without a correction.

    Args:
        story: The story as it is published.
        versions: Primary keys of `Revision`s.
    """
    if not story.scope.story:
        return set()  # of the whole story its page says that it is gone
    taken_back = _taken_back(story.subject_id)
    # Of an alias its source, and of a draft or an earlier version what readers see.
    stored = type(story)._default_manager.get(pk=story.alias_of_id or story.pk)
    return {
        version.pk
        for version in Revision.objects.filter(pk__in=versions)
        if str(version.content.get("subject")) != str(story.subject_id)
        or (taken_back and version.created_at < taken_back)
        or not all(names_nobody(story, text) for text in texts_within(version.content))
        or _was_cut_since(stored, version)
    }


def names_nobody(story: Any, text: str) -> bool:
    """Return whether ``text`` names nobody whom it may not name today."""
    if story.scope.name:
        return True
    if story.subject.is_named_in(text):
        return False
    return bool(story.scope.initials or not _has_initials(story.subject, text))


def _has_initials(subject: Any, text: str) -> bool:
    letters = re.findall(r"\w(?=\.)", subject.initials)
    shape = r"\.\s*".join(map(re.escape, letters))
    return len(letters) > 1 and bool(re.search(rf"\b{shape}\.", text))


def _taken_back(subject_pk: Any) -> datetime | None:
    """Return when a person last came to allow less, as it was known here."""
    consents = list(Consent.objects.filter(subject=subject_pk))
    in_force = [each for each in consents if each.is_in_force()]
    today = timezone.localdate()
    moments = [
        max(each.withdrawn_at, each.withdrawal_recorded_at or each.withdrawn_at)
        for each in consents
        if each.withdrawn_at
    ]
    moments += [
        timezone.make_aware(
            datetime.combine(each.valid_until + timedelta(days=1), time())
        )
        for each in consents
        if each.withdrawn_at is None and each.valid_until and each.valid_until < today
        # What was renewed has not ended.
        if any(getattr(each, name) for name in _not_allowed_by(in_force))
    ]
    return max(moments, default=None)


def _not_allowed_by(consents: list[Consent]) -> list[str]:
    return [name for name in SCOPES if not any(getattr(c, name) for c in consents)]


def _was_cut_since(story: Any, version: Revision) -> bool:
    """Return whether words that readers saw since ``version`` went without a word.

    Also where a publication in between is not kept, as nobody can tell then.

    Args:
        story: The story as it is stored.
        version: What readers saw before a correction.
    """
    published = PageLogEntry.objects.filter(page=story.pk, action="wagtail.publish")
    seen = list(
        published.exclude(revision=None)
        .order_by("timestamp", "pk")
        .values_list("revision", flat=True)
    )
    later = seen[seen.index(version.pk) + 1 :] if version.pk in seen else seen
    kept = Revision.objects.in_bulk(later)
    if len(kept) < len(set(later)):
        return True
    said = [version.content, *(kept[pk].content for pk in later)]
    said.append(story.serializable_data())
    return any(loses_words(type(story), *pair) for pair in pairwise(said))
