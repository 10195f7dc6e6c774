"""Choices: types of works, study designs, species, statuses, styles."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Type(models.TextChoices):
    """Types of the Citation Style Language."""

    JOURNAL_ARTICLE = "article-journal", _("journal article")
    PREPRINT = "article", _("preprint")
    CONFERENCE_PAPER = "paper-conference", _("conference paper")
    BOOK = "book", _("book")
    CHAPTER = "chapter", _("chapter of a book")
    REPORT = "report", _("report or guideline")
    THESIS = "thesis", _("thesis")
    DATASET = "dataset", _("data set or trial register")
    WEBPAGE = "webpage", _("web page")
    LEGISLATION = "legislation", _("law or regulation")


class Design(models.TextChoices):
    """What kind of study the work reports, from the strongest to the weakest."""

    SYSTEMATIC_REVIEW = "systematic-review", _("systematic review or meta-analysis")
    RANDOMISED_TRIAL = "randomised-trial", _("randomised trial")
    TRIAL = "trial", _("trial without randomisation")
    COHORT = "cohort", _("cohort study")
    CASE_CONTROL = "case-control", _("case-control study")
    CROSS_SECTIONAL = "cross-sectional", _("cross-sectional study")
    CASE_SERIES = "case-series", _("case report or series")
    LABORATORY = "laboratory", _("laboratory study")
    GUIDELINE = "guideline", _("guideline")
    REVIEW = "review", _("narrative review")
    OPINION = "opinion", _("opinion or editorial")


class Species(models.TextChoices):
    HUMAN = "human", _("people")
    ANIMAL = "animal", _("animals")
    LABORATORY = "laboratory", _("cells or tissue in the laboratory")


def not_in_people(design: str, species: str) -> Species | None:
    """Return in what a study was done that was not done in people, else None."""
    if species == Species.ANIMAL:
        return Species.ANIMAL
    if species == Species.LABORATORY or design == Design.LABORATORY:
        return Species.LABORATORY
    return None


class Finding(models.TextChoices):
    """What a study in people found about what it tested."""

    FOR = "for", _("speaks for it")
    UNCLEAR = "unclear", _("speaks neither way")
    AGAINST = "against", _("speaks against it")


class Direction(models.TextChoices):
    """What the works that a claim rests on say of it, together."""

    SUPPORTS = "supports", _("they support it")
    AGAINST = "against", _("they speak against it")
    MIXED = "mixed", _("they disagree")
    NONE = "none", _("nobody has studied it")

    @property
    def sentence(self) -> str:
        """What readers are told of it."""
        return str(_SAID[self])


_SAID = {
    Direction.SUPPORTS: _("Studies support it"),
    Direction.AGAINST: _("Studies speak against it"),
    Direction.MIXED: _("Studies disagree"),
    Direction.NONE: _("No study has looked at it"),
}


class Status(models.TextChoices):
    """The publication status of a work, in rising severity."""

    CURRENT = "current", _("current")
    CORRECTED = "corrected", _("corrected")
    CONCERN = "concern", _("expression of concern")
    RETRACTED = "retracted", _("retracted")


class Certainty(models.TextChoices):
    """How certain an answer is, in the words of GRADE (gradeworkinggroup.org).

    What is advice was not found by studies, so that GRADE has no word for it.
    """

    HIGH = "high", _("high")
    MODERATE = "moderate", _("moderate")
    LOW = "low", _("low")
    VERY_LOW = "very-low", _("very low")
    ADVICE = "advice", _("advice")

    @property
    def sentence(self) -> str:
        """What it means to readers."""
        return str(_CERTAIN[self])


_CERTAIN = {
    Certainty.HIGH: _("High: more research is very unlikely to change this answer."),
    Certainty.MODERATE: _("Moderate: more research may change this answer."),
    Certainty.LOW: _("Low: more research is likely to change this answer."),
    Certainty.VERY_LOW: _("Very low: nobody can say yet whether this answer holds."),
    Certainty.ADVICE: _("Advice: it comes from experience, not from studies."),
}


class Style(models.TextChoices):
    """Styles of lists of references, each a file in ``evidence/bibliography/csl``."""

    AMA = "ama", _("AMA (American Medical Association, 11th edition)")
    NLM = "nlm", _("Vancouver (NLM, Citing Medicine)")
    APA = "apa", _("APA (American Psychological Association, 7th edition)")
