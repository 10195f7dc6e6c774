"""Patients' stories."""

from collections.abc import Collection, Iterator
from functools import cached_property
from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index

from core.history.pages import HistoryMixin
from core.models.structured_data import topic_node
from core.models.topics import Topic
from core.prefetch.sources import Relation
from evidence.claim_block import OneClaimBlock
from seo.graph import schema
from seo.graph.ids import node_id, organisation_id
from seo.models import SEARCH_PREVIEW
from testimonials.models import previewing
from testimonials.models.consent import Consent
from testimonials.models.earlier import closed, names_nobody
from testimonials.models.scope import Scope
from testimonials.models.subject import Subject
from testimonials.models.taken_back import taken_back
from testimonials.models.timeline import TimelineMixin
from testimonials.models.treatment import TreatmentMixin
from testimonials.querysets import TestimonialManager


class TestimonialPage(TreatmentMixin, TimelineMixin, HistoryMixin):
    """A patient's story, shown only while a consent covers it."""

    __test__ = False  # pytest takes a class with such a name for tests

    schema_type = "WebPage"
    schema_main_entity = "article"
    og_type = "article"
    metadata_variables = ("topic",)
    # A draft's title may still name the patient (core.due).
    discreet_title = _("A story")

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
    quote = models.CharField(
        _("short quotation"),
        max_length=300,
        blank=True,
        default="",
        # Until every process is new, the old ones add rows without it.
        db_default="",
        help_text=_(
            "One sentence in the person's own words, without their name: under the "
            "title, and in blocks that show the story in short."
        ),
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
    parent_page_types = ["testimonials.TestimonialIndexPage"]
    subpage_types: list[str] = []
    # Its address may tell whose story it was; of one taken back the app says so itself.
    keeps_old_addresses = False

    objects: ClassVar[PageManager] = TestimonialManager()

    content_panels = [
        *HistoryMixin.content_panels,
        FieldPanel("subject"),
        FieldPanel("standfirst"),
        FieldPanel("quote"),
        MultiFieldPanel(
            [FieldPanel("topic"), *TreatmentMixin.treatment_panels],
            heading=_("Condition and treatment"),
        ),
        FieldPanel("body"),
        *TimelineMixin.timeline_panels,
        FieldPanel("typical"),
        FieldPanel("ongoing"),
    ]
    # The subject is not among them, so that no name reaches the search index.
    search_fields = [
        *HistoryMixin.search_fields,
        index.SearchField("standfirst"),
        index.SearchField("quote"),
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
    def is_withheld(self) -> bool:
        """Whether nobody may read it today, as a draft's own subject may differ."""
        return not self.scope.story

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
    def withholds_outside_videos(self) -> bool:
        """Whether videos at other hosts are left out: nobody says whom they show."""
        return not self.scope.films

    @property
    def printed_condition(self) -> str:
        return self.condition or (self.topic.name if self.topic else "")

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [*previewing.MODES, (SEARCH_PREVIEW, _("Search results"))]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the story as readers would see it with other consents."""
        previewing.prepare(self, mode_name, request.user)
        response: HttpResponse = super().serve_preview(request, mode_name)
        return response

    # --- What readers see ------------------------------------------------------------

    def relations(self) -> Iterator[Relation]:
        """Yield the topic and the subject's portrait, too."""
        yield from super().relations()
        yield self, "topic"
        yield self, "treatment_topic"
        if self.subject_id:
            yield self.subject, "portrait"

    @property
    def summary_text(self) -> str:
        return self.search_description or self.standfirst

    def closed_versions(self, versions: Collection[int]) -> set[int]:
        return closed(self, versions)

    def may_print(self, text: str) -> bool:
        return not self.subject_id or names_nobody(self, text)

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
