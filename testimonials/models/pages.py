"""Patients' stories."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index

from core.models.base_page import BasePage
from core.models.structured_data import topic_node
from core.models.topics import Topic
from core.prefetch.sources import Relation
from evidence.blocks import SourcedBodyBlock
from evidence.claim_block import OneClaimBlock
from seo.graph import schema
from seo.graph.ids import node_id, organisation_id
from testimonials.chronology import Moment, in_order
from testimonials.counting import CountedLine, counted_line
from testimonials.forms import StoryForm
from testimonials.models.consent import Consent
from testimonials.models.scope import Scope
from testimonials.models.subject import Subject
from testimonials.models.taken_back import taken_back
from testimonials.querysets import TestimonialManager
from testimonials.timeline_block import TimelineEntryBlock


class TestimonialPage(BasePage):
    """A patient's story, shown only while a consent covers it."""

    __test__ = False  # pytest takes a class with such a name for tests

    schema_type = "WebPage"
    schema_main_entity = "article"
    og_type = "article"
    metadata_variables = ("topic",)

    subject = models.ForeignKey(
        Subject,
        on_delete=models.PROTECT,
        related_name="stories",
        help_text=_("Whose story it is. Name and portrait come from there."),
        verbose_name=_("subject"),
    )
    standfirst = models.TextField(
        _("standfirst"),
        max_length=400,
        help_text=_("Two sentences, under the title and in lists. They name no one."),
    )
    topic = models.ForeignKey(
        Topic,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="stories",
        help_text=_("What the story is about. Lists of stories follow from it."),
        verbose_name=_("topic"),
    )
    condition = models.CharField(
        _("condition"),
        max_length=150,
        blank=True,
        help_text=_("As printed beside the person. Leave it blank to print the topic."),
    )
    treatment = models.CharField(
        _("treatment"),
        max_length=200,
        blank=True,
        help_text=_("What the person received."),
    )
    treated_on = models.DateField(
        _("treated on"),
        null=True,
        blank=True,
        help_text=_(
            "The day of treatment. It is not printed, but entries with a calendar date "
            "find their place by it."
        ),
    )
    body = StreamField(SourcedBodyBlock(), blank=True, verbose_name=_("body"))
    timeline = StreamField(
        [("entry", TimelineEntryBlock())],
        blank=True,
        help_text=_("In any order: readers see the entries in order of time."),
        verbose_name=_("timeline"),
    )
    counted = models.CharField(
        _("what the entries count"),
        max_length=80,
        blank=True,
        default="",
        # Until every process is new, the old ones add rows without these two.
        db_default="",
        help_text=_(
            "Such as: The longest walk of the week. Counts of two or more entries are "
            "drawn as a line."
        ),
    )
    counted_unit = models.CharField(
        _("unit"),
        max_length=20,
        blank=True,
        default="",
        db_default="",
        help_text=_("Of the counts, such as m."),
    )
    # Null where a process of before the field has stored the story.
    typical = StreamField(
        OneClaimBlock(),
        null=True,
        blank=True,
        help_text=_(
            "What happens to most people, and the work that says so. Readers get it on "
            "the story and in blocks that show it, but not in lists of stories: what "
            "those print, such as title and standfirst, may tell of no result."
        ),
        verbose_name=_("typical result"),
    )
    ongoing = models.BooleanField(
        _("entries will be added"),
        default=False,
        help_text=_("Readers are told that the story goes on."),
    )

    base_form_class = StoryForm
    parent_page_types = ["testimonials.TestimonialIndexPage"]
    subpage_types: list[str] = []
    # Its address may tell whose story it was; of one taken back the app says so itself.
    keeps_old_addresses = False

    objects: ClassVar[PageManager] = TestimonialManager()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("subject"),
        FieldPanel("standfirst"),
        MultiFieldPanel(
            [
                FieldPanel("topic"),
                FieldPanel("condition"),
                FieldPanel("treatment"),
                FieldPanel("treated_on"),
            ],
            heading=_("Condition and treatment"),
        ),
        FieldPanel("body"),
        FieldPanel("timeline"),
        FieldRowPanel([FieldPanel("counted"), FieldPanel("counted_unit")]),
        FieldPanel("typical"),
        FieldPanel("ongoing"),
    ]
    # The subject is not among them, so that no name reaches the search index.
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("standfirst"),
        index.SearchField("condition"),
        index.SearchField("treatment"),
        index.SearchField("body"),
        index.SearchField("timeline"),
        index.FilterField("topic"),
    ]

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    # --- What the subject allows -----------------------------------------------------

    @cached_property
    def scope(self) -> Scope:
        """What the consents allow today, in one query unless annotated."""
        return Scope.of(self)

    @property
    def printed_name(self) -> str:
        return self.scope.name_of(self.subject)

    @property
    def printed_portrait(self) -> Any:
        return self.subject.portrait if self.scope.portrait else None

    @property
    def printed_profile(self) -> Any:
        """The subject's published profile, where they may be named."""
        person = self.subject.person if self.scope.name else None
        return person if person and person.is_published else None

    @property
    def printed_condition(self) -> str:
        return self.condition or (self.topic.name if self.topic else "")

    # --- What readers see ------------------------------------------------------------

    def relations(self) -> Iterator[Relation]:
        """Yield the topic and the subject's portrait, too."""
        yield from super().relations()
        yield self, "topic"
        if self.subject_id:
            yield self.subject, "portrait"

    @property
    def summary_text(self) -> str:
        return self.search_description or self.standfirst

    @cached_property
    def moments(self) -> list[Moment]:
        """The timeline's entries in order of time."""
        return in_order((child.value for child in self.timeline), self.treated_on)

    @property
    def counted_line(self) -> CountedLine | None:
        """The counts of the timeline over time, where it says what they are."""
        return counted_line(self.moments) if self.counted else None

    @property
    def last_entry_on(self) -> date | None:
        """The calendar date of the latest entry, None when it is not known."""
        return max((m.date for m in self.moments if m.date), default=None)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Serve the story while a consent covers it.

        Else answer 410 if it was once public, and 404 if it never was.
        """
        if not self.scope.story:
            consents = Consent.objects.filter(subject=self.subject_id)
            if not consents.have_covered_since(self.first_published_at):
                raise Http404
            return taken_back(request)
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return response

    @classmethod
    def in_sitemap(cls, pages: Any) -> Any:
        """Leave out stories that no consent covers today, in the same query."""
        listed: Any = super().in_sitemap(pages)
        return listed.with_scopes().filter(is_covered=True)

    def get_sitemap_urls(
        self, request: HttpRequest | None = None
    ) -> list[dict[str, Any]]:
        urls: list[dict[str, Any]] = super().get_sitemap_urls(request)
        return urls if self.scope.story else []

    def media_nodes(self) -> list[dict[str, Any]]:
        """Describe videos and pictures where consent allows them."""
        scope = self.scope
        allowed = {"ImageObject": scope.portrait, "VideoObject": scope.films}
        nodes: list[dict[str, Any]] = super().media_nodes() if scope.story else []
        return [node for node in nodes if allowed.get(node["@type"])]

    def structured_data(self) -> list[dict[str, Any]]:
        """Describe the story as an article by the organisation.

        Never a Review or a rating: one about the site's own organisation earns nothing
        and misleads (docs/architecture.md).
        """
        if not (self.scope.story and self.published_at):
            return []
        topic, organisation = self.topic, {"@id": organisation_id(self)}
        told_by = [schema.person(name=self.subject.name)] if self.scope.name else []
        article = schema.article(
            node_id=node_id(self, "article"),
            headline=self.title,
            url=self.full_url,
            published=self.published_at,
            modified=self.modified_at,
            authors=[organisation],
            publisher_id=organisation["@id"],
            page_id=node_id(self, "webpage"),
            description=self.standfirst,
            contributors=told_by,
            about=[topic_node(topic, self)] if topic else [],
        )
        return [article]
