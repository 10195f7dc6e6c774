"""Profiles of authors, reviewers and clinicians."""

from datetime import date, datetime
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from core.blocks.body import BodyBlock
from core.history.pages import HistoryMixin
from core.models.index_page import IndexPage
from core.prefetch.pictures import shown_picture
from delivery import calendar
from people.orcid import ORCID, OrcidField, validate_orcid
from people.structured_data import profile


class PeopleIndexPage(IndexPage):
    """The list of profiles."""

    page_size = 24
    listed_as = "people"

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["people.PersonPage"]

    class Meta:
        verbose_name = _("people index")
        verbose_name_plural = _("people indexes")

    def listed(self) -> Any:
        people = PersonPage.objects.listed_in(self).shown()
        return people.prefetch_related(shown_picture("portrait"))


class PersonPage(HistoryMixin):
    """One person's profile; the title is the name."""

    schema_type = "ProfilePage"
    schema_main_entity = "person"
    og_type = "profile"
    card = ("people/includes/card.html", "person")

    post_nominals = models.CharField(
        _("post nominals"),
        max_length=60,
        blank=True,
        help_text=_("The letters after the name, such as MD, PhD."),
    )
    job_title = models.CharField(_("job title"), max_length=120)
    organisation = models.CharField(
        _("organisation"),
        max_length=150,
        blank=True,
        help_text=_("Where the person works, when it is not this organisation."),
    )
    portrait = models.ForeignKey(
        "core.SiteImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("portrait"),
    )
    summary = models.TextField(
        _("summary"),
        max_length=300,
        help_text=_("One or two sentences, shown beneath articles."),
    )
    practising_since = models.PositiveSmallIntegerField(
        _("practising since"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1940), MaxValueValidator(2100)],
        help_text=_("The year from which the years of practice are counted."),
    )
    orcid = OrcidField(
        _("ORCID"),
        max_length=19,
        blank=True,
        default="",
        db_default="",
        validators=[validate_orcid],
        help_text=_("Sixteen digits in groups of four, such as 0000-0002-1825-0097."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    parent_page_types = ["people.PeopleIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *HistoryMixin.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("post_nominals"),
                FieldPanel("job_title"),
                FieldPanel("organisation"),
                FieldPanel("portrait"),
                FieldPanel("summary"),
                FieldPanel("practising_since"),
                FieldPanel("orcid"),
            ],
            heading=_("Person"),
        ),
        InlinePanel("credentials", heading=_("Credentials"), label=_("Credential")),
        InlinePanel("memberships", heading=_("Memberships"), label=_("Membership")),
        InlinePanel("same_as", heading=_("Profiles elsewhere"), label=_("Address")),
        FieldPanel("body", heading=_("Biography")),
    ]
    search_fields = [
        *HistoryMixin.search_fields,
        index.SearchField("job_title"),
        index.SearchField("organisation"),
        index.SearchField("summary"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")

    @property
    def summary_text(self) -> str:
        return self.summary or self.search_description

    @property
    def lead_picture(self) -> Any:
        return self.portrait

    @property
    def name(self) -> str:
        """The name with post-nominal letters."""
        return (
            f"{self.title}, {self.post_nominals}" if self.post_nominals else self.title
        )

    @property
    def years_of_practice(self) -> int | None:
        """Full years since practice began, or None."""
        if self.practising_since is None:
            return None
        return max(0, calendar.today().year - self.practising_since)

    @property
    def addresses_elsewhere(self) -> list[str]:
        """The ORCID's address, then the profiles elsewhere, each once."""
        others = [link.url for link in self.same_as.all() if link.url]
        orcid = [f"{ORCID}{self.orcid}"] if self.orcid else []
        return list(dict.fromkeys([*orcid, *others]))

    def structured_data(self) -> list[dict[str, Any]]:
        return [profile(self)]


def next_year_of_practice(now: datetime) -> datetime | None:
    """Return when somebody's years of practice are next one more: at New Year."""
    year = calendar.today(now).year
    counted = PersonPage.objects.filter(practising_since__lte=year)
    return calendar.beginning_of(date(year + 1, 1, 1)) if counted.exists() else None


class Credential(Orderable):
    """A qualification that a person holds."""

    person = ParentalKey(
        PersonPage, on_delete=models.CASCADE, related_name="credentials"
    )
    name = models.CharField(_("name"), max_length=200)
    awarded_by = models.CharField(_("awarded by"), max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1940), MaxValueValidator(2100)],
    )

    is_clinical = models.BooleanField(
        _("a clinical qualification"),
        default=False,
        db_default=False,
        help_text=_(
            "With it, once it has been checked, the person may review medical pages."
        ),
    )
    register_url = models.URLField(
        _("where it can be checked"),
        blank=True,
        default="",
        db_default="",
        help_text=_("The entry in the register of whoever awarded it."),
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("awarded_by"),
        FieldPanel("year"),
        FieldPanel("is_clinical"),
        FieldPanel("register_url"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")

    def __str__(self) -> str:
        return f"{self.name}, {self.awarded_by}" if self.awarded_by else self.name


class Membership(Orderable):
    """A body that a person belongs to."""

    person = ParentalKey(
        PersonPage, on_delete=models.CASCADE, related_name="memberships"
    )
    organisation = models.CharField(_("organisation"), max_length=200)
    url = models.URLField(_("address"), blank=True)

    panels = [FieldPanel("organisation"), FieldPanel("url")]

    class Meta(Orderable.Meta):
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")


class SameAs(Orderable):
    """A page elsewhere about the same person (schema.org sameAs)."""

    person = ParentalKey(PersonPage, on_delete=models.CASCADE, related_name="same_as")
    url = models.URLField(
        _("address"), help_text=_("Such as an ORCID or a register of physicians.")
    )

    panels = [FieldPanel("url")]

    class Meta(Orderable.Meta):
        verbose_name = _("same as")
        verbose_name_plural = _("same as")
