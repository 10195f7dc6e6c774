"""Which earlier versions of a story are closed, as its person allows less since."""

from collections.abc import Collection
from typing import Any

from django.db.models import Max
from wagtail.models import Revision

from core.text.wording import texts_within
from testimonials.models.consent import Consent


def closed(story: Any, versions: Collection[int]) -> set[int]:
    """Return those of the versions of ``story`` that nobody may read today.

    Of another person; from before something was taken back, since what was mended
    then stands in them; and with a typed name that may not be printed today.

    Args:
        story: The story as it is published.
        versions: Primary keys of `Revision`s.
    """
    if not story.scope.story:
        return set()  # of the whole story its page says that it is gone
    consents = Consent.objects.filter(subject=story.subject_id)
    taken_back = consents.aggregate(last=Max("withdrawn_at"))["last"]
    is_named = story.scope.name
    return {
        version.pk
        for version in Revision.objects.filter(pk__in=versions)
        if str(version.content.get("subject")) != str(story.subject_id)
        or (taken_back and version.created_at < taken_back)
        or (not is_named and _names(story.subject, version.content))
    }


def _names(subject: Any, content: dict[str, Any]) -> bool:
    return any(map(subject.is_named_in, texts_within(content)))
