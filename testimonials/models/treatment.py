"""What was treated, with what, and how long ago."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel

from core.models.topics import Topic
from delivery import calendar
from testimonials.models.elapsed import told_since


class TreatmentMixin(models.Model):
    """Condition and treatment of a story."""

    condition = models.CharField(
        _("condition"),
        max_length=150,
        blank=True,
        help_text=_("As printed beside the person. Leave it blank to print the topic."),
    )
    treatment = models.CharField(
        _("treatment"),
        max_length=200,
        blank=True,
        help_text=_("What the person received."),
    )
    treatment_topic = models.ForeignKey(
        Topic,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The topic of the treatment: its page lists the story, too."),
        verbose_name=_("topic of the treatment"),
    )
    treated_on = models.DateField(
        _("treated on"),
        null=True,
        blank=True,
        help_text=_(
            "The day of treatment. Readers are told how long ago it was, not the day. "
            "Entries of the timeline find their place by it."
        ),
    )

    treatment_panels: ClassVar[list[Panel]] = [
        FieldPanel(name)
        for name in ("condition", "treatment", "treatment_topic", "treated_on")
    ]

    class Meta:
        abstract = True

    @property
    def time_since_treatment(self) -> str:
        """How long ago the treatment was, such as ``14 months``; "" for not known."""
        if not self.treated_on:
            return ""
        return told_since(self.treated_on, calendar.today())
