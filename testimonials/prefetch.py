"""What story blocks need from the database: as few queries for many as for one."""

from typing import Any

from core.chosen import Chosen, handing_out, register_fetcher
from core.models.images import SiteImage
from core.querysets import withhold
from testimonials.models.pages import TestimonialPage


def fetch_stories(pks: set[int], chosen: Chosen) -> dict[int, Any]:
    """Fetch the stories that readers may see today; there are no others to be shown."""
    showable = TestimonialPage.objects.showable().select_related("topic", "subject")
    stories: dict[int, Any] = showable.in_bulk(pks)
    for story in stories.values():
        chosen.want(SiteImage, story.subject.portrait_id)
        chosen.scan(story.timeline.stream_block, story.timeline.raw_data)
        story._showable = story

    def attach_portraits() -> None:
        for story in stories.values():
            subject = story.subject
            subject.portrait = chosen.get(SiteImage, subject.portrait_id)

    def read_timelines() -> None:
        with handing_out(chosen):
            for story in stories.values():
                list(story.timeline)

    chosen.finally_(attach_portraits)
    chosen.read_after(read_timelines)
    return stories


register_fetcher(TestimonialPage, fetch_stories)
withhold(TestimonialPage.objects.beyond_consent)
