"""Articles."""

from collections.abc import Iterator
from datetime import datetime, time
from functools import cached_property
from typing import Any, ClassVar

from django.db import models
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import NoFutureDateValidator, StreamField
from wagtail.models import PageManager
from wagtail.search import index

from articles import reading
from articles.blocks import ArticleBodyBlock
from articles.models.contributions import Contribution
from articles.querysets import ArticleManager, newest_cards, picked_cards
from articles.structured_data import article_nodes, cited_works, page_properties
from core.blocks.searchable import searchable_at
from core.blocks.text import HeadingBlock
from core.models.base_page import BasePage
from core.models.topics import Topic
from core.prefetch.sources import Relation
from evidence.blocks import ShortAnswerBlock
from evidence.models import Reference
from review.reviewed_page import ReviewedMixin
from seo.highwire import Citable
from seo.models import SEARCH_PREVIEW


class ArticlePage(RoutablePageMixin, ReviewedMixin):
    """An article with contributors, a body and references."""

    related_size = 3
    not_reviewed = frozenset({"related", "topic"})
    schema_type = "MedicalWebPage"
    schema_main_entity = "article"
    og_type = "article"
    metadata_variables = ("topic", "author")
    dated_by = ("updated_at", "first_published_on", "first_published_at")
    card = ("articles/includes/card.html", "article")

    standfirst = models.TextField(
        _("standfirst"),
        max_length=400,
        help_text=_(
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
        help_text=_("What the article is about. Related articles follow from it."),
        verbose_name=_("topic"),
    )
    lead_image = models.ForeignKey(
        "core.SiteImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("1600 pixels wide or more works best."),
        verbose_name=_("lead image"),
    )
    lead_image_alt = models.CharField(
        _("alternative text"),
        max_length=255,
        blank=True,
        help_text=_("What the lead image shows. Leave blank to use the picture's own."),
    )
    lead_image_caption = models.CharField(_("caption"), max_length=255, blank=True)
    lead_video = models.ForeignKey(
        "core.Video",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "Shown instead of the lead image; the image still stands in lists."
        ),
        verbose_name=_("lead video"),
    )
    first_published_on = models.DateField(
        _("first published elsewhere"),
        null=True,
        blank=True,
        validators=[NoFutureDateValidator()],
        help_text=_(
            "For an article that is moved here: the day on which it was published "
            "first. Readers, feeds and search engines get it as the date of "
            "publication, and lists are in its order."
        ),
    )
    # Null where a process of before the field has stored the article.
    answer = StreamField(
        ShortAnswerBlock(),
        null=True,
        blank=True,
        help_text=_("Above the lead image: what readers look for first, in short."),
        verbose_name=_("short answer"),
    )
    body = StreamField(ArticleBodyBlock(), blank=True, verbose_name=_("body"))
    after_body = StreamField(
        ArticleBodyBlock(),
        blank=True,
        help_text=_("After the references: stories, calls to action, the newsletter."),
        verbose_name=_("after body"),
    )

    parent_page_types = ["articles.ArticleIndexPage"]
    subpage_types: list[str] = []

    objects: ClassVar[PageManager] = ArticleManager()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("standfirst"),
        FieldPanel("topic"),
        FieldPanel("first_published_on"),
        InlinePanel("contributions", heading=_("Contributors"), label=_("Contributor")),
        FieldPanel("answer"),
        MultiFieldPanel(
            [
                FieldPanel("lead_image"),
                FieldPanel("lead_image_alt"),
                FieldPanel("lead_image_caption"),
                FieldPanel("lead_video"),
            ],
            heading=_("Lead image or video"),
        ),
        FieldPanel("body"),
        FieldPanel("after_body", heading=_("After the references")),
        InlinePanel(
            "related",
            heading=_("Related articles"),
            label=_("Article"),
            help_text=_("Leave empty to show the newest of the same topic."),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("standfirst", boost=2),
        index.SearchField("answer"),
        index.SearchField("body"),
        index.SearchField("after_body"),
        index.FilterField("topic"),
    ]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    @property
    def published_at(self) -> Any:
        """The first publication, here or elsewhere; of a typed day its beginning."""
        if self.first_published_on is None:
            return self.first_published_at
        return timezone.make_aware(datetime.combine(self.first_published_on, time.min))

    @property
    def summary_text(self) -> str:
        return self.search_description or self.standfirst

    @property
    def lead_picture(self) -> Any:
        return self.lead_image

    @property
    def social_portrait(self) -> tuple[str, Any]:
        """The first author who has a portrait, of those printed with the article."""
        for each in self.contributors:
            if each.person and each.person.portrait and each.role in each.WRITING:
                return each.printed_name, each.person.portrait
        return "", None

    @cached_property
    def contributors(self) -> list["Contribution"]:
        """Everyone who contributed, in the editor's order, with their profiles."""
        return list(self.contributions.all())

    @cached_property
    def names(self) -> list[str]:
        """The contributors' names; lists read those of all articles together."""
        return [contribution.printed_name for contribution in self.contributors]

    @cached_property
    def authors(self) -> list["Contribution"]:
        """The contributors who wrote the article."""
        writing = [c for c in self.contributors if c.role in Contribution.WRITING]
        people = [c.person for c in writing if c.person]
        prefetch_related_objects(people, "credentials", "memberships")
        return writing

    @property
    def author(self) -> str:
        """The names of who wrote it, for its title and description."""
        writing = (c for c in self.contributors if c.role in Contribution.WRITING)
        return ", ".join(contribution.printed_name for contribution in writing)

    @property
    def profiled_authors(self) -> list["Contribution"]:
        """The authors who have a profile to tell of."""
        return [contribution for contribution in self.authors if contribution.person]

    def relations(self) -> Iterator[Relation]:
        yield from super().relations()
        yield self, "topic"
        yield self, "lead_video"
        for contribution in self.contributors:
            yield contribution, "person"
        for article in self.related_articles:
            yield article, "lead_image"

    @cached_property
    def contents(self) -> list[dict[str, Any]]:
        """The contents: ``{"text", "anchor", "parts": [{"text", "anchor"}]}``."""
        sections: list[dict[str, Any]] = []
        for place in self.places:
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
        texts = [
            text
            for place in self.places
            if place.field in ("answer", "body")
            for text in searchable_at(place)
        ]
        return reading.minutes(" ".join(texts))

    @cached_property
    def cited_works(self) -> list[Reference]:
        """The works that the article cites, in reading order."""
        return cited_works(self)

    @property
    def has_sheet(self) -> bool:
        """Whether there is enough to take to a doctor: an answer, or sources."""
        return bool(self.answer or self.cited_works)

    @cached_property
    def related_articles(self) -> list["ArticlePage"]:
        """The picked articles, else the newest on the same topic; never this one."""
        picked = dict.fromkeys(link.article_id for link in self.related.all())
        if picked:
            picked.pop(self.pk, None)
            found = picked_cards(ArticlePage, picked)
            if found or self.topic_id is None:
                return [found[pk] for pk in picked if pk in found]
        if self.topic_id is None:
            return []
        # Enough to leave out this one, and what it is an alias of.
        same = newest_cards(
            ArticlePage, self.related_size + 2, self.topic_id, self.locale_id
        )
        others = [each for each in same if each.pk not in (self.pk, self.alias_of_id)]
        return others[: self.related_size]

    @property
    def citable(self) -> Citable | None:
        names = [contribution.printed_name for contribution in self.authors]
        if not (names and self.published_at):
            return None
        return Citable(self.title, names, self.published_at)

    @path("sheet/")
    def sheet(self, request: HttpRequest) -> HttpResponse:
        """Answer with one sheet of the article, for a conversation with a doctor."""
        context = self.get_context(request)
        if not self.has_sheet:
            raise Http404
        return TemplateResponse(request, "articles/sheet.html", context)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        if mode_name == SEARCH_PREVIEW:
            return self.search_preview(request)
        return super().serve_preview(request, mode_name)

    def structured_data(self) -> list[dict[str, Any]]:
        return article_nodes(self)

    def schema_properties(self) -> dict[str, Any]:
        return {**super().schema_properties(), **page_properties(self)}
