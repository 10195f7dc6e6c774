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
    # Its timeline may hold a remark with citations and links, pictures and videos.
    refers_to = (PersonPage, Video, SiteImage, Reference, Page)

    def fetch(self, pks: Collection[int], site: Site | None) -> dict[int, Any]:
        showable = TestimonialPage.objects.showable().select_related("topic", "subject")
        stories: dict[int, Any] = showable.in_bulk(pks)
        for story in stories.values():
            story._showable = story
        return stories

    def relations(self, record: Any) -> Iterable[Relation]:
        yield record.subject, "portrait"

    def streams(self, record: Any) -> Iterable[Any]:
        yield record.timeline


withhold(TestimonialPage.objects.beyond_consent)
