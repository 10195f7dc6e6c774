"""Pages that list other pages."""

from datetime import datetime
from typing import Any

from django.core.paginator import InvalidPage, Paginator
from django.core.paginator import Page as Screenful
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from core.models.base_page import BasePage
from core.models.topics import Topic
from delivery.calendar import period
from delivery.once import once_per_generation


def screenful(items: Any, size: int, request: HttpRequest) -> Screenful[Any]:
    """Return the part of ``items`` that ``?page=`` asks for, the first without it.

    Raises:
        Http404: There is no such part. An answer with another part would be one more
            address for the same, and one that nothing ever ends.
    """
    try:
        return Paginator(items, size).page(request.GET.get("page", 1))
    except InvalidPage as error:
        raise Http404("The list has no such page.") from error


class IndexPage(BasePage):
    """A paginated list of pages.

    A type says what it lists with ``listed()``, and under which name its template gets
    the screenful with ``listed_as``.
    """

    page_size = 12
    listed_as = "pages"
    schema_type = "CollectionPage"

    standfirst = models.TextField(
        _("standfirst"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences under the title."),
    )

    content_panels = [*BasePage.content_panels, FieldPanel("standfirst")]
    search_fields = [*BasePage.search_fields, index.SearchField("standfirst")]

    class Meta:
        abstract = True

    @property
    def summary_text(self) -> str:
        return self.standfirst or self.search_description

    def listed(self) -> Any:
        """Return the queryset of pages to list, in order."""
        raise NotImplementedError(f"{type(self).__name__} does not say what it lists")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        topic = self.topic_asked_for(request, context)
        # A preview may be of one that is new, with nothing beneath it.
        order = (
            _in_order(self, topic.pk if topic else None, period()) if self.pk else []
        )
        listed = screenful(order, self.page_size, request)
        shown = list(listed.object_list)
        found = self.for_cards().order_by().in_bulk(shown)
        listed.object_list = [found[pk] for pk in shown if pk in found]
        context[self.listed_as] = listed
        return context

    def for_cards(self) -> Any:
        """Return `listed` with everything that is printed of a page in the list."""
        return self.listed()

    def about(self, topic: int | None) -> Any:
        """Return those of `listed` on a topic, by its primary key; all without one."""
        return self.listed()

    def topic_asked_for(
        self, request: HttpRequest, context: dict[str, Any]
    ) -> Topic | None:
        """Return the topic to narrow the list to, None for all of it."""
        return None


class IndexByTopicPage(IndexPage):
    """A list that can be narrowed to one topic.

    Its queryset has ``about(topic)`` and ``for_cards()``.
    """

    filter_parameters = ("topic",)

    class Meta:
        abstract = True

    def for_cards(self) -> Any:
        return self.listed().for_cards()

    def about(self, topic: int | None) -> Any:
        return self.listed().about(topic) if topic else self.listed()

    def topic_asked_for(
        self, request: HttpRequest, context: dict[str, Any]
    ) -> Topic | None:
        """Return the topic of ``?topic=``, None when it is unknown."""
        topics = _topics(self, period()) if self.pk else []
        asked = request.GET.get("topic", "")
        topic = next((topic for topic in topics if topic.slug == asked), None)
        context |= {"topics": topics, "topic": topic}
        return topic


# Sorting and counting take longer the more pages there are, so that all screenfuls of a
# list share what came out.


@once_per_generation
def _in_order(
    index: IndexPage, topic: int | None, _period: datetime | None
) -> list[int]:
    return list(index.about(topic).values_list("pk", flat=True))


@once_per_generation
def _topics(index: IndexByTopicPage, _period: datetime | None) -> list[Topic]:
    """Return the topics that the list has something on, for all its screenfuls."""
    used = index.listed().order_by().values("topic")
    return list(Topic.objects.filter(pk__in=used))
