"""The front page, plain pages, and topic pages, which gather what the others offer."""

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from applications.models.pages import ApplicationFormPage
from core.chosen import Chosen
from core.models.base_page import BasePage
from core.models.topics import Topic
from home.blocks import PageBodyBlock
from seo import schema


class ComposedPage(BasePage):
    """A standfirst, a picture and a composed body."""

    standfirst = models.TextField(
        max_length=400, blank=True, help_text="One or two sentences under the title."
    )
    lead_image = models.ForeignKey(
        "core.SiteImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Also shown in lists. 1600 pixels wide or more works best.",
    )
    body = StreamField(PageBodyBlock(), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("standfirst"),
        FieldPanel("lead_image"),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("standfirst", boost=2),
        index.SearchField("body"),
    ]

    class Meta:
        abstract = True

    @property
    def summary_text(self) -> str:
        return self.search_description or self.standfirst

    @property
    def lead_picture(self) -> Any:
        return self.lead_image


class HomePage(ComposedPage):
    """The front page."""

    call_to_action_label = models.CharField(max_length=60, blank=True)
    call_to_action_page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    second_link_label = models.CharField(max_length=60, blank=True)
    second_link_page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("standfirst"),
        FieldPanel("lead_image"),
        MultiFieldPanel(
            [
                FieldPanel("call_to_action_label", heading="Button"),
                PageChooserPanel("call_to_action_page", heading="leads to"),
                FieldPanel("second_link_label", heading="Link beside it"),
                PageChooserPanel("second_link_page", heading="leads to"),
            ],
            heading="First steps",
        ),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = "front page"

    def want_related(self, chosen: Chosen) -> None:
        super().want_related(chosen)
        names = ("call_to_action_page", "second_link_page")
        for name in names:
            chosen.want(Page, getattr(self, f"{name}_id"))

        def take_pages() -> None:
            for name in names:
                setattr(self, name, chosen.get(Page, getattr(self, f"{name}_id")))

        chosen.finally_(take_pages)


class ContentPage(ComposedPage):
    """A page of its own: protocol, cost, legal notice, about."""

    parent_page_types = ["home.HomePage", "home.ContentPage"]
    subpage_types = ["home.ContentPage"]

    class Meta:
        verbose_name = "content page"


class TopicIndexPage(ComposedPage):
    """The list of topics."""

    page_size = 24
    schema_type = "CollectionPage"

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.TopicPage"]

    class Meta:
        verbose_name = "topic index"

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        pages = (
            TopicPage.objects.child_of(self)
            .live()
            .public()
            .order_by("title")
            .select_related("lead_image", "topic")
            .prefetch_related("lead_image__renditions")
        )
        paginator = Paginator(pages, self.page_size)
        context["pages"] = paginator.get_page(request.GET.get("page"))
        return context


class TopicPage(ComposedPage):
    """A condition or treatment: its own text, and everything the site has on it."""

    schema_type = "MedicalWebPage"

    topic = models.ForeignKey(
        Topic,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Articles, stories and the form of this topic are gathered here.",
    )

    parent_page_types = ["home.TopicIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("topic"),
        *ComposedPage.content_panels[len(BasePage.content_panels) :],
    ]

    class Meta:
        verbose_name = "topic page"

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        forms = ApplicationFormPage.objects.live().public().filter(topic=self.topic)
        context["form_page"] = forms.order_by("-first_published_at").first()
        return context

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Restore a version, on today's topic when its own has been deleted."""
        page = super().with_content_json(content)
        page.topic_id = page.topic_id or self.topic_id
        return page

    def schema_properties(self) -> dict[str, Any]:
        topic = self.topic
        return {
            "about": schema.topic(
                kind=topic.kind, name=topic.name, description=topic.summary
            )
        }
