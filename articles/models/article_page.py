"""Articles."""

from functools import cached_property
from typing import Any, ClassVar

from django.db import models
from django.db.models import prefetch_related_objects
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
)
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index

from articles import reading
from articles.blocks import ArticleBodyBlock
from articles.models.contributions import Contribution
from articles.querysets import ArticleManager
from articles.structured_data import article_nodes, review_properties
from core.blocks.text import HeadingBlock
from core.chosen import Chosen
from core.models.base_page import BasePage
from core.models.images import SiteImage
from core.models.topics import Topic
from core.models.videos import Video
from core.walk import walk
from people.models import PersonPage
from seo.highwire import Citable


class ArticlePage(BasePage):
    """One article: who wrote it, what it says, and on what evidence."""

    related_size = 3
    schema_type = "MedicalWebPage"
    schema_main_entity = "article"
    og_type = "article"

    standfirst = models.TextField(
        max_length=400,
        help_text=(
            "Two sentences. They stand under the title, in lists, and in search "
            "results unless a description is given under Promote."
        ),
    )
    topic = models.ForeignKey(
        Topic,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="articles",
        help_text="What the article is about. Related articles follow from it.",
    )
    lead_image = models.ForeignKey(
        "core.SiteImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="1600 pixels wide or more works best.",
    )
    lead_image_alt = models.CharField(
        "alternative text",
        max_length=255,
        blank=True,
        help_text="What the lead image shows. Leave blank to use the picture's own.",
    )
    lead_image_caption = models.CharField("caption", max_length=255, blank=True)
    lead_video = models.ForeignKey(
        "core.Video",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Shown instead of the lead image; the image still stands in lists.",
    )
    body = StreamField(ArticleBodyBlock(), blank=True)
    after_body = StreamField(
        ArticleBodyBlock(),
        blank=True,
        help_text="After the references: stories, calls to action, the newsletter.",
    )

    parent_page_types = ["articles.ArticleIndexPage"]
    subpage_types: list[str] = []

    objects: ClassVar[PageManager] = ArticleManager()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("standfirst"),
        FieldPanel("topic"),
        InlinePanel("contributions", heading="Contributors", label="Contributor"),
        MultiFieldPanel(
            [
                FieldPanel("lead_image"),
                FieldPanel("lead_image_alt"),
                FieldPanel("lead_image_caption"),
                FieldPanel("lead_video"),
            ],
            heading="Lead image or video",
        ),
        FieldPanel("body"),
        FieldPanel("after_body", heading="After the references"),
        InlinePanel(
            "related",
            heading="Related articles",
            label="Article",
            help_text="Leave empty to show the newest of the same topic.",
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("standfirst", boost=2),
        index.SearchField("body"),
        index.SearchField("after_body"),
        index.FilterField("topic"),
    ]

    class Meta:
        verbose_name = "article"

    @property
    def summary_text(self) -> str:
        return self.search_description or self.standfirst

    @property
    def lead_picture(self) -> Any:
        return self.lead_image

    @cached_property
    def contributors(self) -> list["Contribution"]:
        """Everyone who contributed, in the editor's order, with their profiles."""
        contributions = list(self.contributions.all())
        # Fetched already where the page is being served.
        prefetch_related_objects(contributions, "person__portrait__renditions")
        return contributions

    @cached_property
    def authors(self) -> list["Contribution"]:
        """The contributors who wrote the article."""
        writing = [c for c in self.contributors if c.role in Contribution.WRITING]
        people = [contribution.person for contribution in writing]
        prefetch_related_objects(people, "credentials", "memberships")
        return writing

    def want_related(self, chosen: Chosen) -> None:
        super().want_related(chosen)
        contributions = list(self.contributions.all())
        for contribution in contributions:
            chosen.want(PersonPage, contribution.person_id)
        chosen.want(Video, self.lead_video_id)
        for article in self.related_articles:
            chosen.want(SiteImage, article.lead_image_id)

        def take_them() -> None:
            for contribution in contributions:
                contribution.person = chosen.get(PersonPage, contribution.person_id)
            for article in self.related_articles:
                article.lead_image = chosen.get(SiteImage, article.lead_image_id)
            self.contributors = contributions
            self.lead_video = chosen.get(Video, self.lead_video_id)
            if self.topic_id:
                topics = Topic.objects.select_related("hub")
                self.topic = topics.filter(pk=self.topic_id).first()

        chosen.finally_(take_them)

    @cached_property
    def contents(self) -> list[dict[str, Any]]:
        """The contents: ``{"text", "anchor", "parts": [{"text", "anchor"}]}``."""
        sections: list[dict[str, Any]] = []
        for place in walk(self):
            if not isinstance(place.block, HeadingBlock) or place.field != "body":
                continue
            entry = {"text": place.value["text"], "anchor": place.value["anchor"]}
            if place.value["level"] == "2" or not sections:
                sections.append({**entry, "parts": []})
            else:
                sections[-1]["parts"].append(entry)
        return sections

    @cached_property
    def reading_minutes(self) -> int:
        body = self._meta.get_field("body")
        return reading.minutes(" ".join(body.get_searchable_content(self.body)))

    @cached_property
    def related_articles(self) -> list["ArticlePage"]:
        """The picked articles, else the newest on the same topic; never this one."""
        articles = ArticlePage.objects.newest().exclude(pk=self.pk).with_contributors()
        picked = dict.fromkeys(link.article_id for link in self.related.all())
        found = articles.in_bulk(list(picked)) if picked else {}
        if found or self.topic_id is None:
            return [found[pk] for pk in picked if pk in found]
        same = articles.about(self.topic_id).filter(locale_id=self.locale_id)
        return list(same[: self.related_size])

    @property
    def citable(self) -> Citable | None:
        names = [contribution.person.title for contribution in self.authors]
        if not (names and self.published_at):
            return None
        return Citable(self.title, names, self.published_at)

    def structured_data(self) -> list[dict[str, Any]]:
        return article_nodes(self)

    def schema_properties(self) -> dict[str, Any]:
        return review_properties(self)
