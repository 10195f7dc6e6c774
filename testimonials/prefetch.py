"""How stories are fetched for the pages that show them."""

from collections.abc import Collection, Iterable
from typing import Any

from wagtail.models import Page, Site

from core.models.images import SiteImage
from core.models.videos import Video
from core.prefetch.sources import Relation, Source, register_source
from core.querysets import withhold
from evidence.models import Reference
from people.models import PersonPage
from testimonials.models.pages import TestimonialPage
from testimonials.models.scope import scopes_today


@register_source
class StorySource(Source):
    """The stories that readers may see today."""

    model = TestimonialPage
    # Its timeline may hold a remark with citations and links, pictures and videos; its
    # typical result cites works.
    refers_to = (PersonPage, Video, SiteImage, Reference, Page)

    def fetch(self, pks: Collection[int], site: Site | None) -> dict[int, Any]:
        published = TestimonialPage.objects.published().public().order_by()
        stories = published.select_related("topic", "subject").in_bulk(pks)
        scopes = scopes_today({story.subject_id for story in stories.values()})
        shown = {}
        for pk, story in stories.items():
            allowed = scopes.get(story.subject_id, {})
            if allowed.get("is_covered"):
                # As `with_scopes` annotates them.
                story.__dict__ |= allowed
                story._showable = shown[pk] = story
        return shown

    def relations(self, record: Any) -> Iterable[Relation]:
        yield record.subject, "portrait"

    def streams(self, record: Any) -> Iterable[Any]:
        yield record.timeline
        yield record.typical


withhold(TestimonialPage.objects.beyond_consent)
