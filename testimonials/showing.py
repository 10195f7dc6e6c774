"""Which stories a page may show."""

from testimonials.models.pages import TestimonialPage


def showable(story: TestimonialPage | None) -> TestimonialPage | None:
    """Return ``story`` as readers may see it today, None when they may not.

    Costs nothing where `testimonials.prefetch` has been, else one query.
    """
    if story is None or story.pk is None:
        return None
    if not hasattr(story, "_showable"):
        story._showable = (
            TestimonialPage.objects.showable().for_cards().filter(pk=story.pk).first()
        )
    found: TestimonialPage | None = story._showable
    return found
