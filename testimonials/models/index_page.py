"""The index that lists patients' stories."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.models.index_page import IndexByTopicPage
from testimonials.models.pages import TestimonialPage


class TestimonialIndexPage(IndexByTopicPage):
    """The list of stories, newest first, whole or by topic."""

    __test__ = False  # pytest takes a class with such a name for tests

    listed_as = "stories"

    parent_page_types = ["home.HomePage"]
    subpage_types = ["testimonials.TestimonialPage"]

    class Meta:
        verbose_name = _("story index")
        verbose_name_plural = _("story indexes")

    def listed(self) -> Any:
        return TestimonialPage.objects.listed_in(self).showable().newest()
