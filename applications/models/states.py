"""The states that a form's applications go through, in the words of the clinic."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.models.applications import Application

MOST_DAYS = 365


class ApplicationState(models.Model):
    """One state: what staff call it, and what its applicants read.

    A form may have several of one kind, such as two interviews; the first of a kind is
    the one that applications without a state of their own are in.
    """

    form = models.ForeignKey(
        "applications.ApplicationFormPage",
        on_delete=models.CASCADE,
        related_name="states",
        verbose_name=_("form"),
    )
    # What it means to the program, whatever it is called.
    status = models.CharField(
        _("kind"),
        max_length=10,
        choices=Application.Status,
        help_text=_("What it means to the site, whatever you call it."),
    )
    name = models.CharField(
        _("name"), max_length=60, help_text=_("For staff. Applicants do not read it.")
    )
    heading = models.CharField(
        _("heading"),
        max_length=120,
        blank=True,
        help_text=_(
            "What applicants read on their status page, in a few words. Left empty, it "
            "is the usual one of this kind."
        ),
    )
    text = models.TextField(
        _("text"),
        blank=True,
        help_text=_("What that means, and what comes next."),
    )
    answer_within = models.PositiveSmallIntegerField(
        _("days until you answer"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_DAYS)],
        help_text=_(
            "From the day on which an application comes into this state. The status "
            "page names the date. Left empty, it promises none."
        ),
    )
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("state of applications")
        verbose_name_plural = _("states of applications")
        default_permissions = ("change",)
        ordering = ["form", "sort_order", "pk"]

    def __str__(self) -> str:
        return self.name or gettext("State of applications")

    @property
    def key(self) -> str:
        """What a button sends: the number of its row, or the kind of a usual state."""
        return str(self.pk or self.status)
