"""Pages that list other pages."""

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from core.models.base_page import BasePage
from core.models.topics import Topic


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
        pages = self.narrowed(self.listed(), request, context)
        paginator = Paginator(pages, self.page_size)
        context[self.listed_as] = paginator.get_page(request.GET.get("page"))
        return context

    def narrowed(
        self, pages: Any, request: HttpRequest, context: dict[str, Any]
    ) -> Any:
        """Return the ``pages`` that the visitor asked for; here, all of them."""
        return pages


class IndexByTopicPage(IndexPage):
    """A list that can be narrowed to one topic.

    Its queryset has ``about(topic)`` and ``for_cards()``.
    """

    filter_parameters = ("topic",)

    class Meta:
        abstract = True

    def narrowed(
        self, pages: Any, request: HttpRequest, context: dict[str, Any]
    ) -> Any:
        """Return the pages on the topic of ``?topic=``, all when it is unknown."""
        used = pages.order_by().values("topic")
        topics = list(Topic.objects.filter(pk__in=used))
        asked = request.GET.get("topic", "")
        topic = next((topic for topic in topics if topic.slug == asked), None)
        context |= {"topics": topics, "topic": topic}
        return (pages.about(topic) if topic else pages).for_cards()
