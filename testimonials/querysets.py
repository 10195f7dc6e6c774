"""QuerySet of stories."""

from typing import Any

from django.db.models import OuterRef, Q
from wagtail.models import PageManager

from core.prefetch.pictures import shown_picture
from core.querysets import PublicPageQuerySet
from testimonials.models.scope import scopes_of


class TestimonialQuerySet(PublicPageQuerySet):
    """Completes the sentence “stories …”."""

    __test__ = False  # pytest takes a class with such a name for tests

    def with_scopes(self) -> "TestimonialQuerySet":
        """Annotate the scope that the subject's consents allow today.

        Adds ``is_covered`` (the story may be told), ``shows_name``,
        ``shows_initials``, ``shows_portrait`` and ``shows_films``.
        """
        return self.annotate(**scopes_of(OuterRef("subject")))

    def showable(self) -> "TestimonialQuerySet":
        """Return the published stories that a consent covers today."""
        return self.published().public().with_scopes().filter(is_covered=True)

    def as_shown(self, story: Any) -> Any:
        """Return ``story`` if readers may see it today, else None.

        Costs nothing where `testimonials.prefetch` has been, else one query.
        """
        if story is None or story.pk is None:
            return None
        if not hasattr(story, "_showable"):
            found = self.showable().for_cards().filter(pk=story.pk)
            story._showable = found.first()
        return story._showable

    def beyond_consent(self) -> "TestimonialQuerySet":
        """Return the published stories that no reader may see today.

        For lists that are not of stories alone: ``exclude(pk__in=….values("pk"))``.
        """
        return self.published().with_scopes().filter(is_covered=False)

    def newest(self) -> "TestimonialQuerySet":
        return self.order_by("-first_published_at", "-pk")

    def about(self, topic: Any) -> "TestimonialQuerySet":
        """Return the stories on ``topic`` (a core.Topic or its primary key)."""
        return self.filter(Q(topic=topic) | Q(treatment_topic=topic))

    def update(self, **values: Any) -> int:
        """Update, and have the days of entries be looked for where they may change."""
        if {"timeline", "treated_on"} & values.keys():
            values.setdefault("latest_entry_on", None)
        updated: int = super().update(**values)
        return updated

    def by(self, person: Any) -> "TestimonialQuerySet":
        """Return the showable stories ``person`` tells, where they may be named.

        A list of these on somebody's profile names them.
        """
        return self.showable().filter(subject__person=person, shows_name=True)

    def for_cards(self) -> "TestimonialQuerySet":
        """Prefetch everything that a story's card prints."""
        return self.select_related("topic", "subject").prefetch_related(
            shown_picture("subject__portrait")
        )


TestimonialManager: Any = PageManager.from_queryset(TestimonialQuerySet)
