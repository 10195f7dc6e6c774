"""An article's contributors, and the articles picked to follow it."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    PageChooserPanel,
)
from wagtail.models import Orderable

from articles import disclosures


class Contribution(Orderable):
    """A person's contribution to an article: role and declared interest."""

    class Role(models.TextChoices):
        AUTHOR = "author", _("author")
        GUEST = "guest", _("guest contributor")
        # Of a review tells its record alone (`review`).
        CLINICAL = "clinical", _("clinical contributor")
        EDITOR = "editor", _("editor")

    class Relation(models.TextChoices):
        NONE = "none", _("none")
        EMPLOYEE = "employee", _("works for this organisation")
        OWNER = "owner", _("has a share in this organisation")
        PATIENT = "patient", _("has been treated by this organisation")
        PAID = "paid", _("is paid for this contribution")

    WRITING = frozenset({Role.AUTHOR, Role.GUEST})

    article = ParentalKey(
        "articles.ArticlePage",
        on_delete=models.CASCADE,
        related_name="contributions",
    )
    person = models.ForeignKey(
        "people.PersonPage",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contributions",
        verbose_name=_("person"),
    )
    name = models.CharField(
        _("name"),
        max_length=120,
        blank=True,
        help_text=_("Of somebody without a profile here, as it is to be printed."),
    )
    affiliation = models.CharField(
        _("affiliation"),
        max_length=150,
        blank=True,
        help_text=_("Where somebody without a profile works."),
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.AUTHOR)
    date = models.DateField(
        _("date"),
        default=timezone.localdate,
        help_text=_("When the contribution was made."),
    )
    relation = models.CharField(
        _("relation to the organisation"),
        max_length=10,
        choices=Relation,
        default=Relation.NONE,
        help_text=_("Printed beside the name."),
    )
    disclosure = models.CharField(
        _("disclosure"),
        max_length=255,
        blank=True,
        help_text=_(
            "What readers must know of it, such as a treatment free of charge."
        ),
    )

    # What clinical contributors were called: processes of an earlier release, which run
    # on while a new one starts, and versions from before still have it.
    _FORMERLY_CLINICAL = "reviewer"

    panels = [
        PageChooserPanel("person"),
        FieldPanel("name"),
        FieldPanel("affiliation"),
        FieldPanel("role"),
        FieldPanel("date"),
        FieldPanel("relation"),
        FieldPanel("disclosure"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.__dict__.get("role") == self._FORMERLY_CLINICAL:
            self.role = self.Role.CLINICAL

    # As Django's, which put every name there is into words each time.
    def get_role_display(self) -> str:
        return str(dict(self.Role.choices).get(self.role, self.role))

    def get_relation_display(self) -> str:
        return str(dict(self.Relation.choices).get(self.relation, self.relation))

    @property
    def printed_name(self) -> str:
        """The name of the profile or, without one, what was typed."""
        return self.person.title if self.person else self.name

    @property
    def printed_role(self) -> str:
        """Role, job title and affiliation, none of them twice."""
        job = self.person.job_title if self.person else ""
        employer = self.person.organisation if self.person else ""
        parts = [self.get_role_display(), job, employer or self.affiliation]
        said = {part.casefold(): part for part in reversed(parts) if part}
        return capfirst(", ".join(reversed(said.values())))

    @property
    def discloses(self) -> bool:
        """Whether readers are told of a relation or an interest."""
        return bool(self.disclosure.strip()) or self.relation != self.Relation.NONE

    @property
    def disclosure_text(self) -> str:
        """The disclosure printed beside the name: the typed one, or the relation."""
        if self.disclosure:
            return self.disclosure
        if self.relation == self.Relation.NONE:
            return ""
        return gettext("%(name)s %(relation)s.") % {
            "name": self.printed_name,
            "relation": self.get_relation_display(),
        }

    @property
    def disclosure_summary(self) -> str:
        """What stands for a long disclosure while it is folded, "" for a short one."""
        relation = ""
        if self.relation != self.Relation.NONE:
            relation = self.get_relation_display()
        return disclosures.summary(self.disclosure, relation)


class RelatedArticle(Orderable):
    """An article that the editor picked to follow another."""

    source = ParentalKey(
        "articles.ArticlePage", on_delete=models.CASCADE, related_name="related"
    )
    article = models.ForeignKey(
        "articles.ArticlePage",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("article"),
    )

    panels = [PageChooserPanel("article")]

    class Meta(Orderable.Meta):
        verbose_name = _("related article")
        verbose_name_plural = _("related articles")
