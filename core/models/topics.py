"""Topics, by which the site's content is grouped."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Page
from wagtail.search import index

from core.querysets import is_published


class Topic(index.Indexed, models.Model):
    """A condition, a treatment or another subject of pages."""

    class Kind(models.TextChoices):
        """schema.org types."""

        CONDITION = "MedicalCondition", _("condition")
        THERAPY = "MedicalTherapy", _("treatment")
        PROCEDURE = "MedicalProcedure", _("procedure")
        TEST = "MedicalTest", _("test")
        OTHER = "Thing", _("other")

    name = models.CharField(_("name"), max_length=100, unique=True)
    slug = models.SlugField(
        _("slug"),
        max_length=100,
        unique=True,
        help_text=_("Names the topic in addresses."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=Kind,
        default=Kind.CONDITION,
        help_text=_("Tells search engines what the topic is."),
    )
    summary = models.CharField(
        _("summary"),
        max_length=255,
        blank=True,
        help_text=_("One sentence, shown in lists of topics."),
    )
    hub = models.ForeignKey(
        Page,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The page that gathers everything about this topic."),
        verbose_name=_("hub"),
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
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]
        # Also references, disclaimers: whatever a change of which readers see at once.
        permissions = [
            (
                "change_printed_records",
                "Can change records that published pages print",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def published_hub(self) -> Page | None:
        """The topic's page while readers may read it."""
        return self.hub if self.hub and is_published(self.hub) else None
