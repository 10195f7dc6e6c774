"""Settings for the style of reference lists, and for the rules of evidence."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from evidence.vocabulary import Style

WEAKEN_RULES = "evidence.weaken_rules"

_REFUSES = [("block", _("refuse to publish")), ("warn", _("warn, and ask why"))]
_SUGGESTS = [("suggest", _("suggest")), ("off", _("say nothing"))]
_WARNS = [_REFUSES[1], *_SUGGESTS]


@register_setting(icon="list-ol")
class ReferenceListSettings(BaseSiteSetting):
    """The style of a site's lists of references."""

    style = models.CharField(
        _("style"),
        max_length=10,
        choices=Style,
        default=Style.AMA,
        help_text=_("How sources are written in the list beneath a text."),
    )

    panels = [FieldPanel("style")]

    class Meta:
        verbose_name = _("references")
        verbose_name_plural = _("references")


def _level(label: Any, default: str, choices: list[tuple[str, Any]]) -> Any:
    return models.CharField(label, max_length=7, choices=choices, default=default)


def _number(label: Any, default: int, largest: int) -> Any:
    return models.PositiveSmallIntegerField(
        label,
        default=default,
        validators=[MinValueValidator(1), MaxValueValidator(largest)],
    )


@register_setting(icon="warning")
class EvidenceRules(BaseSiteSetting):
    """How a site's rules of evidence work: each one's level, and what it counts.

    A rule finds its field by `evidence.rules.adjustable.Adjustable`.
    """

    retracted_work = _level(_("a cited work was retracted"), "block", _REFUSES)
    unsupported_fact = _level(_("a fact or claim has no work"), "block", _REFUSES)
    untypical_result = _level(
        _("a story tells of a result without the typical one"), "block", _REFUSES
    )
    old_evidence = _level(_("the newest cited work is old"), "warn", _WARNS)
    old_evidence_years = _number(_("old after so many years"), 10, 50)
    not_in_people = _level(
        _("what is said of people was found in animals or a laboratory"), "warn", _WARNS
    )
    year_in_title = _level(_("the year in the title is over"), "warn", _WARNS)
    nothing_new = _level(_("a story that goes on has stopped"), "warn", _WARNS)
    nothing_new_months = _number(_("stopped after so many months"), 12, 120)
    absolute_wording = _level(_("absolute wording without a work"), "suggest", _WARNS)
    one_sided = _level(_("advantages without risks beside them"), "suggest", _WARNS)
    outcome_alone = _level(
        _("an outcome without the typical result"), "suggest", _WARNS
    )
    # No warning: its sentence, which holds names, would stay in the page's history.
    name_spelling = _level(_("a name is spelled in two ways"), "suggest", _SUGGESTS)

    panels = [
        MultiFieldPanel(
            [
                FieldPanel(name, permission=WEAKEN_RULES)
                for name in ("retracted_work", "unsupported_fact", "untypical_result")
            ],
            heading=_("What is refused"),
            help_text=_("Whoever has the right to weaken these may let them warn."),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("old_evidence"), FieldPanel("old_evidence_years")]
                ),
                FieldPanel("not_in_people"),
                FieldPanel("year_in_title"),
                FieldRowPanel(
                    [FieldPanel("nothing_new"), FieldPanel("nothing_new_months")]
                ),
            ],
            heading=_("What a machine can know"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("absolute_wording"),
                FieldPanel("one_sided"),
                FieldPanel("outcome_alone"),
                FieldPanel("name_spelling"),
            ],
            heading=_("What is judged by its wording"),
            help_text=_("Only English is understood. Now and then these are wrong."),
        ),
    ]

    class Meta:
        verbose_name = _("rules of evidence")
        verbose_name_plural = _("rules of evidence")
        permissions = [
            ("weaken_rules", "Can turn rules of evidence that refuse into warnings")
        ]
