"""What kinds of works and studies there are."""

from django.db import models


class Type(models.TextChoices):
    """Types of the Citation Style Language."""

    JOURNAL_ARTICLE = "article-journal", "journal article"
    PREPRINT = "article", "preprint"
    CONFERENCE_PAPER = "paper-conference", "conference paper"
    BOOK = "book", "book"
    CHAPTER = "chapter", "chapter of a book"
    REPORT = "report", "report or guideline"
    THESIS = "thesis", "thesis"
    DATASET = "dataset", "data set or trial register"
    WEBPAGE = "webpage", "web page"
    LEGISLATION = "legislation", "law or regulation"


class Design(models.TextChoices):
    """What kind of study the work reports, from the strongest to the weakest."""

    SYSTEMATIC_REVIEW = "systematic-review", "systematic review or meta-analysis"
    RANDOMISED_TRIAL = "randomised-trial", "randomised trial"
    TRIAL = "trial", "trial without randomisation"
    COHORT = "cohort", "cohort study"
    CASE_CONTROL = "case-control", "case-control study"
    CROSS_SECTIONAL = "cross-sectional", "cross-sectional study"
    CASE_SERIES = "case-series", "case report or series"
    LABORATORY = "laboratory", "laboratory study"
    GUIDELINE = "guideline", "guideline"
    REVIEW = "review", "narrative review"
    OPINION = "opinion", "opinion or editorial"


class Species(models.TextChoices):
    HUMAN = "human", "people"
    ANIMAL = "animal", "animals"
    LABORATORY = "laboratory", "cells or tissue in the laboratory"


class Status(models.TextChoices):
    """Of a work, from what readers need not be told to what they must be."""

    CURRENT = "current", "current"
    CORRECTED = "corrected", "corrected"
    CONCERN = "concern", "expression of concern"
    RETRACTED = "retracted", "retracted"


class Style(models.TextChoices):
    """Styles of lists of references, each a file in ``evidence/bibliography/csl``."""

    AMA = "ama", "AMA (American Medical Association, 11th edition)"
    NLM = "nlm", "Vancouver (NLM, Citing Medicine)"
    APA = "apa", "APA (American Psychological Association, 7th edition)"
