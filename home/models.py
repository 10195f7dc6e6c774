"""The front page, content pages and topic pages."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from applications.models.pages import ApplicationFormPage
from articles.models.article_page import ArticlePage
from articles.querysets import newest_cards
from core.models.base_page import BasePage
from core.models.index_page import screenful
from core.models.structured_data import topic_node
from core.models.topics import Topic
from core.prefetch.pictures import shown_picture
from core.prefetch.sources import Relation
from home.blocks import PageBodyBlock
from home.search import models as search_models  # noqa: F401  (registers them)
from review.reviewed_page import ReviewedMixin
from testimonials.models.pages import TestimonialPage


class ComposedPage(BasePage):
    """A standfirst, a picture and a composed body."""

    standfirst = models.TextField(
        _("standfirst"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences under the title."),
    )
    lead_image = models.ForeignKey(
        "core.SiteImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Also shown in lists. 1600 pixels wide or more works best."),
        verbose_name=_("lead image"),
    )
    body = StreamField(PageBodyBlock(), blank=True, verbose_name=_("body"))

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

    headline = models.CharField(
        _("headline"),
        max_length=120,
        blank=True,
        help_text=_(
            "What the site promises, in large type at the top. Leave it blank to print "
            "the title."
        ),
    )
    call_to_action_label = models.CharField(
        _("call to action label"), max_length=60, blank=True
    )
    call_to_action_page = models.ForeignKey(
        Page,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("call to action page"),
    )
    second_link_label = models.CharField(
        _("second link label"), max_length=60, blank=True
    )
    second_link_page = models.ForeignKey(
        Page,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("second link page"),
    )

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("headline"),
        FieldPanel("standfirst"),
        FieldPanel("lead_image"),
        MultiFieldPanel(
            [
                FieldPanel("call_to_action_label", heading=_("Button")),
                PageChooserPanel("call_to_action_page", heading=_("leads to")),
                FieldPanel("second_link_label", heading=_("Link beside it")),
                PageChooserPanel("second_link_page", heading=_("leads to")),
            ],
            heading=_("First steps"),
        ),
        FieldPanel("body"),
    ]

    search_fields = [
        *ComposedPage.search_fields,
        index.SearchField("headline", boost=2),
    ]

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")

    def relations(self) -> Iterator[Relation]:
        yield from super().relations()
        yield self, "call_to_action_page"
        yield self, "second_link_page"


class ReviewedComposedPage(ReviewedMixin, ComposedPage):
    """One that is medical where an editor says so."""

    is_medical = models.BooleanField(
        ReviewedMixin._meta.get_field("is_medical").verbose_name,
        default=False,
        db_default=False,
        help_text=ReviewedMixin._meta.get_field("is_medical").help_text,
    )

    class Meta:
        abstract = True


class ContentPage(ReviewedComposedPage):
    """A plain page such as cost, legal notice or about."""

    parent_page_types = ["home.HomePage", "home.ContentPage"]
    subpage_types = ["home.ContentPage"]

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")


class TopicIndexPage(ComposedPage):
    """The list of topics."""

    page_size = 24
    schema_type = "CollectionPage"

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.TopicPage"]

    class Meta:
        verbose_name = _("topic index")
        verbose_name_plural = _("topic indexes")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        pages = (
            TopicPage.objects.child_of(self)
            .shown()
            .order_by("title")
            .select_related("topic")
            .prefetch_related(shown_picture("lead_image"))
        )
        context["pages"] = screenful(pages, self.page_size, request)
        return context


class TopicPage(ReviewedComposedPage):
    """The hub of a topic: its own text, and everything on the topic."""

    section_size = 6
    schema_type = "MedicalWebPage"
    metadata_variables = ("topic",)
    card = ("home/includes/card.html", "each")

    topic = models.ForeignKey(
        Topic,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Articles, stories and the form of this topic are gathered here."),
        verbose_name=_("topic"),
    )

    parent_page_types = ["home.TopicIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("topic"),
        *ComposedPage.content_panels[len(BasePage.content_panels) :],
    ]

    class Meta:
        verbose_name = _("topic page")
        verbose_name_plural = _("topic pages")

    @cached_property
    def articles(self) -> list[ArticlePage]:
        """The newest articles on the topic."""
        return newest_cards(ArticlePage, self.section_size, self.topic_id)

    @cached_property
    def stories(self) -> list[TestimonialPage]:
        """The newest stories on the topic that readers may see today."""
        stories = TestimonialPage.objects.showable().originals()
        stories = stories.about(self.topic_id).newest()
        return list(stories.select_related("topic", "subject")[: self.section_size])

    def relations(self) -> Iterator[Relation]:
        """Yield the topic, too, and the pictures on the cards of both sections."""
        yield from super().relations()
        yield self, "topic"
        for article in self.articles:
            yield article, "lead_image"
        for story in self.stories:
            yield story.subject, "portrait"

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        forms = ApplicationFormPage.objects.shown().filter(topic=self.topic)
        context["form_page"] = forms.order_by("-first_published_at").first()
        return context

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Restore a version, with the current topic when its own was deleted."""
        page = super().with_content_json(content)
        page.topic_id = page.topic_id or self.topic_id
        return page

    def schema_properties(self) -> dict[str, Any]:
        about = topic_node(self.topic, self)
        return {**super().schema_properties(), "about": about}
