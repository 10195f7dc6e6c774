"""The library of published works that pages cite."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from evidence.importing import models as importing  # noqa: F401  (registers them)
from evidence.library import identifiers, names, title_keys
from evidence.querysets import ReferenceQuerySet
from evidence.vocabulary import Design, Finding, Species, Status, Type

# How the title begins of a work of which no more is known than its identifier.
TO_BE_COMPLETED = "To be completed: "


class Reference(index.Indexed, models.Model):
    """A published work."""

    csl_type = models.CharField(
        _("type"), max_length=20, choices=Type, default=Type.JOURNAL_ARTICLE
    )
    title = models.CharField(_("title"), max_length=500)
    authors = models.JSONField(_("authors"), default=list, blank=True)
    more_authors = models.BooleanField(
        _("and others"),
        default=False,
        help_text=_("The work has more authors than are listed here (“et al.”)."),
    )
    container_title = models.CharField(
        _("published in"),
        max_length=300,
        blank=True,
        help_text=_("The journal, the book of a chapter, or the site of a web page."),
    )
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    issued_year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1450), MaxValueValidator(2100)],
        help_text=_("Left blank, the list prints “n.d.”, no date."),
    )
    issued_month = models.PositiveSmallIntegerField(
        _("month"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    issued_day = models.PositiveSmallIntegerField(
        _("day"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
    )
    volume = models.CharField(_("volume"), max_length=40, blank=True)
    issue = models.CharField(_("issue"), max_length=40, blank=True)
    page = models.CharField(
        _("pages"), max_length=60, blank=True, help_text=_("Such as 3574-3588, or e21.")
    )
    number = models.CharField(
        _("number"),
        max_length=60,
        blank=True,
        help_text=_("Of a report, trial register entry or law."),
    )
    doi = models.CharField(
        _("DOI"),
        max_length=255,
        blank=True,
        help_text=_("Such as 10.1093/brain/awaa333."),
    )
    pmid = models.CharField(_("PubMed number (PMID)"), max_length=60, blank=True)
    pmcid = models.CharField(
        _("PubMed Central number (PMCID)"), max_length=40, blank=True
    )
    url = models.CharField(
        _("address"),
        max_length=1000,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_("Needed only where there is no DOI."),
    )
    accessed = models.DateField(
        _("retrieved"),
        null=True,
        blank=True,
        help_text=_("When somebody here last read it."),
    )

    study_design = models.CharField(
        _("study design"), max_length=20, choices=Design, blank=True
    )
    population = models.CharField(
        _("population"),
        max_length=300,
        blank=True,
        help_text=_("Who was studied, such as adults with progressive disease."),
    )
    sample_size = models.PositiveIntegerField(
        _("sample size"), null=True, blank=True, help_text=_("How many took part.")
    )
    species = models.CharField(
        _("studied in"), max_length=10, choices=Species, blank=True
    )
    finding = models.CharField(
        _("finding"),
        max_length=10,
        choices=Finding,
        blank=True,
        default="",
        db_default="",
        help_text=_("Of a study in people: what its result says of what was tested."),
    )
    funding = models.CharField(
        _("funding"), max_length=500, blank=True, help_text=_("Who paid for the study.")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.CURRENT
    )

    # Set where this was a duplicate: texts that cite it go on citing its id.
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="merged",
    )
    merged_into.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]

    # The entry of lists of references, ready to print (evidence.bibliography.entries).
    entries = models.JSONField(null=True, editable=False)

    # The title as it is compared, so that the database finds duplicates.
    title_key = models.CharField(
        max_length=title_keys.LONGEST, editable=False, default=""
    )

    objects = ReferenceQuerySet.as_manager()

    search_fields = [
        index.SearchField("title", boost=2),
        index.AutocompleteField("title"),
        index.SearchField("author_names", boost=2),
        index.AutocompleteField("author_names"),
        index.SearchField("container_title"),
        index.AutocompleteField("issued_year"),
        index.AutocompleteField("doi"),
        index.AutocompleteField("pmid"),
        index.FilterField("title"),
        index.FilterField("container_title"),
        index.FilterField("csl_type"),
        index.FilterField("study_design"),
        index.FilterField("species"),
        index.FilterField("status"),
        index.FilterField("issued_year"),
        index.FilterField("merged_into"),
    ]

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ["-issued_year", "title", "pk"]
        indexes = [
            models.Index(fields=["-issued_year", "title"]),
            models.Index(fields=["title_key"], name="reference_title_key"),
        ]
        constraints = [
            models.UniqueConstraint(
                "doi", condition=~Q(doi=""), name="reference_doi_is_unique"
            ),
            models.UniqueConstraint(
                "pmid", condition=~Q(pmid=""), name="reference_pmid_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.short_label} — {Truncator(self.title).chars(120)}"

    def clean(self) -> None:
        self.normalise()
        errors: dict[str, str] = {}
        if not all(map(names.is_name, self.authors)):
            errors["authors"] = gettext(
                "An author has neither a family name nor a group's name."
            )
        if self.doi and not identifiers.is_doi(self.doi):
            errors["doi"] = gettext(
                "This is not a DOI. One looks like 10.1093/brain/awaa333."
            )
        if self.pmid and not identifiers.is_pmid(self.pmid):
            errors["pmid"] = gettext(
                "This is not a PubMed number. One has up to nine digits."
            )
        if self.pmcid and not identifiers.is_pmcid(self.pmcid):
            errors["pmcid"] = gettext(
                "This is not a PubMed Central number. One looks like PMC7809876."
            )
        errors |= self._date_errors()
        if errors:
            raise ValidationError(errors)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.normalise()
        super().save(*args, **kwargs)

    def normalise(self) -> None:
        """Normalise text to one line, and identifiers to their stored spelling."""
        for field in self._meta.fields:
            value = getattr(self, field.attname)
            if isinstance(value, str):
                whole = value.replace("\ufeff", "")  # a byte order mark says nothing
                setattr(self, field.attname, " ".join(whole.split()))
        self.doi = identifiers.doi(self.doi)
        self.pmid = identifiers.pmid(self.pmid)
        self.pmcid = identifiers.pmcid(self.pmcid)
        self.title_key = title_keys.comparable(self.title)

    def _date_errors(self) -> dict[str, str]:
        year, month, day = self.issued_year, self.issued_month, self.issued_day
        if day and not month:
            return {"issued_month": gettext("Say the month too, or leave the day out.")}
        if month and not year:
            return {"issued_year": gettext("Say the year too, or leave the month out.")}
        try:
            date(year or 2000, month or 1, day or 1)
        except ValueError:
            return {"issued_day": gettext("This month has no such day.")}
        return {}

    # --- What editors and lists of references print ----------------------------------

    @property
    def short_label(self) -> str:
        """The first author and the year: “Petrou 2020”."""
        if self.authors:
            first = names.family_name(self.authors[0])
        else:
            first = Truncator(self.title).words(4)
        return f"{first} {self.issued_year or 'n.d.'}"

    @property
    def author_names(self) -> str:
        """All authors' names, for the search index."""
        return "; ".join(map(names.line, self.authors))

    @property
    def author_text(self) -> str:
        return names.author_list(self.authors, more=self.more_authors)

    @property
    def best_url(self) -> str:
        """The best address of the work, "" for none."""
        if self.doi:
            return identifiers.doi_address(self.doi)
        if self.url:
            return self.url
        if self.pmid:
            return identifiers.pmid_address(self.pmid)
        if self.pmcid:
            return identifiers.pmcid_address(self.pmcid)
        return ""

    def as_csl(self) -> dict[str, Any]:
        """Return the work as a CSL-JSON item, without blank fields.

        Source:
            https://docs.citationstyles.org/en/stable/specification.html
        """
        issued = [self.issued_year, self.issued_month, self.issued_day]
        accessed = self.accessed
        item = {
            "id": f"reference-{self.pk}",
            "type": self.csl_type,
            "title": self.title,
            "author": self.authors,
            "container-title": self.container_title,
            "publisher": self.publisher,
            "issued": {"date-parts": [[p for p in issued if p]]} if issued[0] else None,
            "volume": self.volume,
            "issue": self.issue,
            "page": self.page,
            "number": self.number,
            "DOI": self.doi,
            "PMID": self.pmid,
            "PMCID": self.pmcid,
            "URL": self.url,
            "accessed": accessed
            and {"date-parts": [[accessed.year, accessed.month, accessed.day]]},
        }
        return {name: value for name, value in item.items() if value}
