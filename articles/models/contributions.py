"""Who contributed to an article, and which articles follow it."""

from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    PageChooserPanel,
)
from wagtail.models import Orderable


class Contribution(Orderable):
    """That a person contributed to an article, as what, with what interest."""

    class Role(models.TextChoices):
        AUTHOR = "author", "author"
        GUEST = "guest", "guest contributor"
        REVIEWER = "reviewer", "medical reviewer"
        EDITOR = "editor", "editor"

    class Relation(models.TextChoices):
        NONE = "none", "none"
        EMPLOYEE = "employee", "works for this organisation"
        OWNER = "owner", "has a share in this organisation"
        PATIENT = "patient", "has been treated by this organisation"
        PAID = "paid", "is paid for this contribution"

    WRITING = frozenset({Role.AUTHOR, Role.GUEST})

    article = ParentalKey(
        "articles.ArticlePage",
        on_delete=models.CASCADE,
        related_name="contributions",
    )
    person = models.ForeignKey(
        "people.PersonPage", on_delete=models.PROTECT, related_name="contributions"
    )
    role = models.CharField(max_length=10, choices=Role, default=Role.AUTHOR)
    date = models.DateField(
        default=timezone.localdate, help_text="When the contribution was made."
    )
    relation = models.CharField(
        "relation to the organisation",
        max_length=10,
        choices=Relation,
        default=Relation.NONE,
        help_text="Printed beside the name.",
    )
    disclosure = models.CharField(
        max_length=255,
        blank=True,
        help_text="What readers must know of it, such as a treatment free of charge.",
    )

    panels = [
        PageChooserPanel("person"),
        FieldPanel("role"),
        FieldPanel("date"),
        FieldPanel("relation"),
        FieldPanel("disclosure"),
    ]

    @property
    def disclosure_text(self) -> str:
        """What is printed beside the name: the typed disclosure, else the relation."""
        if self.disclosure:
            return self.disclosure
        if self.relation == self.Relation.NONE:
            return ""
        return f"{self.person.title} {self.get_relation_display()}."


class RelatedArticle(Orderable):
    """An article that the editor picked to follow another."""

    source = ParentalKey(
        "articles.ArticlePage", on_delete=models.CASCADE, related_name="related"
    )
    article = models.ForeignKey(
        "articles.ArticlePage", on_delete=models.CASCADE, related_name="+"
    )

    panels = [PageChooserPanel("article")]
