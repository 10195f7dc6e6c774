"""What the site's content is about."""

from django.db import models
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Page
from wagtail.search import index


class Topic(index.Indexed, models.Model):
    """A condition, a treatment or another subject that pages are gathered by."""

    class Kind(models.TextChoices):
        """schema.org types."""

        CONDITION = "MedicalCondition", "condition"
        THERAPY = "MedicalTherapy", "treatment"
        PROCEDURE = "MedicalProcedure", "procedure"
        TEST = "MedicalTest", "test"
        OTHER = "Thing", "other"

    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(
        max_length=100, unique=True, help_text="Names the topic in addresses."
    )
    kind = models.CharField(
        max_length=20,
        choices=Kind,
        default=Kind.CONDITION,
        help_text="Tells search engines what the topic is.",
    )
    summary = models.CharField(
        max_length=255, blank=True, help_text="One sentence, shown in lists of topics."
    )
    hub = models.ForeignKey(
        Page,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The page that gathers everything about this topic.",
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("kind"),
        FieldPanel("summary"),
        PageChooserPanel("hub"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("summary"),
    ]

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
