"""How often a form was begun, its steps reached, and it was sent: numbers by day."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class FormCount(models.Model):
    """A number of times that something happened with a form on one day.

    Nothing in it is of one person or leads to one (`applications.figures`).
    """

    class Kind(models.TextChoices):
        STARTED = "started", _("Started")
        REACHED = "reached", _("Reached")
        FINISHED = "finished", _("Finished")
        EXIT = "exit", _("Led to an exit")
        PASSED = "passed", _("Went on all the same")
        SENT = "sent", _("Sent")

    form = models.ForeignKey(
        "applications.ApplicationFormPage",
        on_delete=models.CASCADE,
        related_name="counts",
        verbose_name=_("form"),
    )
    day = models.DateField(_("day"))
    # The id of the step's or exit's block; "" of the form as a whole.
    step = models.CharField(_("step"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    count = models.PositiveIntegerField(_("count"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("figures of forms")
        verbose_name_plural = _("figures of forms")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["form", "day", "step", "kind"], name="one_count_a_day"
            )
        ]

    def __str__(self) -> str:
        return gettext("Figure of a form")
