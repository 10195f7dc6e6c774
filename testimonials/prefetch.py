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


@register_source
class StorySource(Source):
    """The stories that readers may see today."""

    model = TestimonialPage
    # Its timeline may hold a remark with citations and links, pictures and videos; its
    # typical result cites works.
    refers_to = (PersonPage, Video, SiteImage, Reference, Page)

    def fetch(self, pks: Collection[int], site: Site | None) -> dict[int, Any]:
        published = TestimonialPage.objects.published().public().with_scopes()
        stories = published.select_related("topic", "subject").in_bulk(pks)
        # Asked here, consent is not asked for twice in one query.
        shown = {pk: story for pk, story in stories.items() if story.is_covered}
        for story in shown.values():
            story._showable = story
        return shown

    def relations(self, record: Any) -> Iterable[Relation]:
        yield record.subject, "portrait"

    def streams(self, record: Any) -> Iterable[Any]:
        yield record.timeline
        yield record.typical


withhold(TestimonialPage.objects.beyond_consent)
