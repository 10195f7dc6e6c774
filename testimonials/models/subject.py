"""The people that stories are about: kept once, and named nowhere else."""

import re
import secrets
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.formats import date_format
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from testimonials.panels import ConsentsPanel

# How somebody is called whose name may not be printed.
ANONYMOUS = "A patient"
# Shorter words, such as "van" and "de", say nothing about who somebody is.
TELLING_LETTERS = 3
# From this length on a part of a name is recognised inside a longer word, as in JQUILL.
HIDDEN_LETTERS = 5


class Relation(models.TextChoices):
    """What else than a patient the subject is to the organisation."""

    PATIENT = "patient", "patient only"
    EMPLOYEE = "employee", "employee"
    OWNER = "owner", "owner or shareholder"
    FAMILY = "family", "related to somebody who works here"
    PAID = "paid", "paid for telling the story"
    FREE = "free", "treated free of charge or at a reduced price"


# What readers must be told of each (16 CFR 465, 2024).
DISCLOSURES = {
    Relation.EMPLOYEE: "The person who tells this story works for us.",
    Relation.OWNER: "The person who tells this story owns a part of our organisation.",
    Relation.FAMILY: "The person who tells this story is related to one of our staff.",
    Relation.PAID: "The person who tells this story was paid for it.",
    Relation.FREE: (
        "The person who tells this story was treated free of charge or at a reduced "
        "price."
    ),
}


def new_code() -> str:
    """Return a reference code that says nothing, such as ``S-3F2A9C``."""
    return f"S-{secrets.token_hex(3).upper()}"


class Subject(ClusterableModel):
    """One person whom stories are about.

    Not versioned and not indexed for search, so that the name is in this row alone:
    change or delete it here, and it is gone.
    """

    reference_code = models.CharField(
        max_length=20,
        unique=True,
        default=new_code,
        validators=[
            RegexValidator(
                r"^[A-Z0-9][A-Z0-9-]*$", "Use capital letters, digits and hyphens only."
            )
        ],
        help_text=(
            "By which you recognise the person in lists. It is never printed, but kept "
            "in logs, so it must not give away the name. S- and six signs will do."
        ),
    )
    name = models.CharField(
        max_length=120,
        help_text=(
            "Printed only while a consent allows it. Type it nowhere else: not in a "
            "title, a text, an address or a picture's description."
        ),
    )
    portrait = models.ForeignKey(
        "core.SiteImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=(
            "Upload it once consent is signed, under a file name that does not hold "
            "the person's name. Printed only while a consent allows it."
        ),
    )
    person = models.ForeignKey(
        "people.PersonPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="profile",
        help_text="When the person also writes for this site: their profile.",
    )
    relation = models.CharField(
        max_length=10,
        choices=Relation,
        default=Relation.PATIENT,
        help_text="Anything but “patient only” is disclosed wherever the story shows.",
    )
    disclosure = models.CharField(
        max_length=300,
        blank=True,
        help_text=(
            "Printed wherever the story shows. Leave it blank for the usual sentence "
            "of the relation. It must not name the person."
        ),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("reference_code"), FieldPanel("name"), FieldPanel("portrait")],
            heading="Person",
        ),
        MultiFieldPanel(
            [FieldPanel("person"), FieldPanel("relation"), FieldPanel("disclosure")],
            heading="Relation to the organisation",
        ),
        ConsentsPanel("consents", heading="Consents", label="consent"),
    ]

    class Meta:
        ordering = ["reference_code"]
        verbose_name = "story subject"

    def __str__(self) -> str:
        return f"Subject {self.reference_code}"

    @property
    def printed_disclosure(self) -> str:
        """What readers are told about the relation, "" when there is nothing."""
        return self.disclosure or DISCLOSURES.get(Relation(self.relation), "")

    @property
    def telling_words(self) -> list[str]:
        """The parts of the name by which somebody would be recognised."""
        return [
            word
            for word in re.findall(r"\w+", self.name)
            if len(word) >= TELLING_LETTERS
        ]

    def is_named_in(self, text: str) -> bool:
        """Tell whether ``text`` holds the name, or one part of it spelled as a name."""
        if re.search(rf"\b{re.escape(self.name.strip())}\b", text, re.IGNORECASE):
            return True
        return any(
            re.search(rf"\b{re.escape(word)}\b", text) for word in self.telling_words
        )

    def is_told_by(self, code: str) -> bool:
        """Tell whether ``code``, which has no spaces, gives a part of the name away."""
        parts = re.split(r"[\W_\d]+", code.casefold())
        return any(
            word in parts or (len(word) >= HIDDEN_LETTERS and word in "".join(parts))
            for word in map(str.casefold, self.telling_words)
        )

    def consent_status(self) -> str:
        """Say in a few words what the person allows today."""
        consents = list(self.consents.all())
        if not consents:
            return "no consent"
        covering = [consent for consent in consents if consent.covers_a_story()]
        if covering:
            ends = [consent.valid_until for consent in covering]
            if None in ends:
                return "covered, without end"
            return f"covered until {date_format(max(ends), 'j F Y')}"
        if any(consent.withdrawn_at for consent in consents):
            return "withdrawn"
        if any(consent.is_to_come() for consent in consents):
            return "not yet covered"
        if any(consent.is_in_force() for consent in consents):
            return "medical detail not allowed"
        return "lapsed"

    consent_status.short_description = "consent"  # type: ignore[attr-defined]

    def clean(self) -> None:
        """Refuse what would carry the name to where it cannot be taken back.

        Raises:
            ValidationError: The reference code or the portrait's title, description or
                file name holds a part of the name.
        """
        super().clean()
        errors: dict[str, Any] = {}
        if self.is_told_by(self.reference_code or ""):
            errors["reference_code"] = "The code gives the name away. Choose another."
        if self.disclosure and self.is_named_in(self.disclosure):
            errors["disclosure"] = (
                "The disclosure names the person. Write “the patient” instead."
            )
        if self.portrait and any(
            self.is_told_by(text)
            for text in (
                self.portrait.title,
                self.portrait.description,
                PurePath(self.portrait.file.name).stem,
            )
        ):
            errors["portrait"] = (
                "The picture's title, description or file name holds the person's "
                "name. Rename the file, upload it again, choose that one, and delete "
                "this picture under Images."
            )
        if errors:
            raise ValidationError(errors)
