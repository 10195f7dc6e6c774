"""Profiles of those who write, review and treat."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from core.blocks.body import BodyBlock
from core.models.base_page import BasePage
from core.models.index_page import IndexPage
from people.structured_data import profile


class PeopleIndexPage(IndexPage):
    """Everyone who stands behind the site."""

    page_size = 24
    listed_as = "people"

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["people.PersonPage"]

    class Meta:
        verbose_name = "people index"

    def listed(self) -> Any:
        people = PersonPage.objects.child_of(self).live().public()
        return people.select_related("portrait").prefetch_related(
            "portrait__renditions"
        )


class PersonPage(BasePage):
    """One person's profile; the title is the name."""

    schema_type = "ProfilePage"
    schema_main_entity = "person"
    og_type = "profile"

    post_nominals = models.CharField(
        max_length=60,
        blank=True,
        help_text="The letters after the name, such as MD, PhD.",
    )
    job_title = models.CharField(max_length=120)
    organisation = models.CharField(
        max_length=150,
        blank=True,
        help_text="Where the person works, when it is not this organisation.",
    )
    portrait = models.ForeignKey(
        "core.SiteImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    summary = models.TextField(
        max_length=300, help_text="One or two sentences, shown beneath articles."
    )
    practising_since = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1940), MaxValueValidator(2100)],
        help_text="The year. The years of practice are counted from it.",
    )
    body = StreamField(BodyBlock(), blank=True)

    parent_page_types = ["people.PeopleIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("post_nominals"),
                FieldPanel("job_title"),
                FieldPanel("organisation"),
                FieldPanel("portrait"),
                FieldPanel("summary"),
                FieldPanel("practising_since"),
            ],
            heading="Person",
        ),
        InlinePanel("credentials", heading="Credentials", label="Credential"),
        InlinePanel("memberships", heading="Memberships", label="Membership"),
        InlinePanel("same_as", heading="The person elsewhere", label="Address"),
        FieldPanel("body", heading="Biography"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("job_title"),
        index.SearchField("organisation"),
        index.SearchField("summary"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = "profile"

    @property
    def summary_text(self) -> str:
        return self.summary or self.search_description

    @property
    def lead_picture(self) -> Any:
        return self.portrait

    @property
    def name(self) -> str:
        """The name with the letters after it."""
        return (
            f"{self.title}, {self.post_nominals}" if self.post_nominals else self.title
        )

    @property
    def years_of_practice(self) -> int | None:
        """Full years since practice began, None when that is not known."""
        if self.practising_since is None:
            return None
        return max(0, timezone.localdate().year - self.practising_since)

    def structured_data(self) -> list[dict[str, Any]]:
        return [profile(self)]


class Credential(Orderable):
    """A qualification that a person holds."""

    person = ParentalKey(
        PersonPage, on_delete=models.CASCADE, related_name="credentials"
    )
    name = models.CharField(max_length=200)
    awarded_by = models.CharField(max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1940), MaxValueValidator(2100)],
    )

    panels = [FieldPanel("name"), FieldPanel("awarded_by"), FieldPanel("year")]


class Membership(Orderable):
    """A body that a person belongs to."""

    person = ParentalKey(
        PersonPage, on_delete=models.CASCADE, related_name="memberships"
    )
    organisation = models.CharField(max_length=200)
    url = models.URLField("address", blank=True)

    panels = [FieldPanel("organisation"), FieldPanel("url")]


class SameAs(Orderable):
    """An address elsewhere that is about the same person (schema.org sameAs)."""

    person = ParentalKey(PersonPage, on_delete=models.CASCADE, related_name="same_as")
    url = models.URLField(
        "address", help_text="Such as an ORCID or a register of physicians."
    )

    panels = [FieldPanel("url")]
