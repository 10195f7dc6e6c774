"""What was found when somebody looked at how accessible the site is."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class AccessibilityAuditQuerySet(models.QuerySet["AccessibilityAudit"]):
    """Completes the sentence “audits …”."""

    def latest_first(self) -> "AccessibilityAuditQuerySet":
        return self.order_by("-audited_on", "-pk")


class AccessibilityAudit(models.Model):
    """An audit against WCAG 2.2, level AA; the last one is what readers are told."""

    class Outcome(models.TextChoices):
        FULL = "full", _("conforms")
        PARTIAL = "partial", _("conforms in part")
        NONE = "none", _("does not conform")

    class Kind(models.TextChoices):
        OWN = "own", _("by ourselves")
        EXTERNAL = "external", _("by somebody independent")

    audited_on: Any = models.DateField(_("date of the audit"))
    kind = models.CharField(_("audit"), max_length=8, choices=Kind)
    audited_by = models.CharField(
        _("who audited it"),
        max_length=200,
        help_text=_("A name, as readers are to read it."),
    )
    outcome = models.CharField(_("the site"), max_length=7, choices=Outcome)
    tested = models.TextField(
        _("what was tested, and how"),
        help_text=_("Which pages, with which programs and devices."),
    )
    problems = models.TextField(
        _("known problems"),
        blank=True,
        help_text=_("One a line, with what readers can do instead."),
    )

    objects = AccessibilityAuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("accessibility audit")
        verbose_name_plural = _("accessibility audits")
        ordering = ["-audited_on", "-pk"]

    def __str__(self) -> str:
        return gettext("Audit of {day}").format(day=date_format(self.audited_on))

    def clean(self) -> None:
        if self.audited_on and self.audited_on > timezone.localdate():
            raise ValidationError(
                {
                    "audited_on": _(
                        "This day is to come. Enter an audit once it is made."
                    )
                }
            )
        if self.outcome == self.Outcome.FULL and self.known_problems:
            raise ValidationError(
                {
                    "outcome": _(
                        "With known problems, the site conforms in part at most."
                    )
                }
            )
        if self.outcome != self.Outcome.FULL and not self.known_problems:
            raise ValidationError(
                {"problems": _("Say what does not work, so that readers know.")}
            )

    @property
    def known_problems(self) -> list[str]:
        """The problems, one each."""
        return [line.strip() for line in self.problems.splitlines() if line.strip()]
