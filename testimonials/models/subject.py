"""Subjects: the people that stories are about."""

import re
import secrets
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from testimonials.changes import AnnouncingQuerySet
from testimonials.forms import SubjectForm
from testimonials.panels import ConsentsPanel

# How somebody is called whose name may not be printed.
ANONYMOUS = _("A patient")
# Shorter words, such as "van" and "de", say nothing about who somebody is.
TELLING_LETTERS = 3
# From this length on a part of a name is recognised inside a longer word, as in JQUILL.
HIDDEN_LETTERS = 5


class Relation(models.TextChoices):
    """The subject's relation to the organisation, beside being a patient."""

    PATIENT = "patient", _("patient only")
    EMPLOYEE = "employee", _("employee")
    OWNER = "owner", _("owner or shareholder")
    FAMILY = "family", _("related to somebody who works here")
    PAID = "paid", _("paid for telling the story")
    FREE = "free", _("treated free of charge or at a reduced price")


# What readers must be told of each (16 CFR 465, 2024).
DISCLOSURES = {
    Relation.EMPLOYEE: _("The person who tells this story works for us."),
    Relation.OWNER: _(
        "The person who tells this story owns a part of our organisation."
    ),
    Relation.FAMILY: _(
        "The person who tells this story is related to one of our staff."
    ),
    Relation.PAID: _("The person who tells this story was paid for it."),
    Relation.FREE: _(
        "The person who tells this story was treated free of charge or at a reduced "
        "price."
    ),
}


# The same among the facts of a story.
RELATIONS = {
    Relation.PATIENT: _("none but as a patient"),
    Relation.EMPLOYEE: _("works for us"),
    Relation.OWNER: _("owns a part of our organisation"),
    Relation.FAMILY: _("related to one of our staff"),
    Relation.PAID: _("paid for telling the story"),
    Relation.FREE: _("treated free of charge or at a reduced price"),
}


def new_code() -> str:
    """Return a random reference code, such as ``S-3F2A9C``."""
    return f"S-{secrets.token_hex(3).upper()}"


class Subject(ClusterableModel):
    """A person whom stories are about.

    Not versioned and not indexed for search, so that the name is in this row alone:
    change or delete it here, and it is gone.
    """

    reference_code = models.CharField(
        _("reference code"),
        max_length=20,
        unique=True,
        default=new_code,
        validators=[
            RegexValidator(
                r"^[A-Z0-9][A-Z0-9-]*$",
                _("Use capital letters, digits and hyphens only."),
            )
        ],
        help_text=_(
            "By which you recognise the person in lists. It is never printed, but kept "
            "in logs, so it must not give away the name. S- and six signs will do."
        ),
    )
    name = models.CharField(
        _("name"),
        max_length=120,
        help_text=_(
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
        help_text=_(
            "Upload it once consent is signed, under a file name that does not contain "
            "the person's name. Printed only while a consent allows it."
        ),
        verbose_name=_("portrait"),
    )
    person = models.ForeignKey(
        "people.PersonPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("profile"),
        help_text=_("When the person also writes for this site: their profile."),
    )
    relation = models.CharField(
        _("relation"),
        max_length=10,
        choices=Relation,
        default=Relation.PATIENT,
        help_text=_(
            "Readers are told. Anything but “patient only” is disclosed wherever the "
            "story shows, too; so ask the person."
        ),
    )
    disclosure = models.CharField(
        _("disclosure"),
        max_length=300,
        blank=True,
        help_text=_(
            "Printed wherever the story shows. Leave it blank for the usual sentence "
            "of the relation. It must not name the person."
        ),
    )

    # None: before this was kept.
    created_at = models.DateTimeField(
        _("created"), null=True, default=timezone.now, editable=False
    )

    objects = AnnouncingQuerySet["Subject"].as_manager()

    base_form_class = SubjectForm
    panels = [
        MultiFieldPanel(
            [FieldPanel("reference_code"), FieldPanel("name"), FieldPanel("portrait")],
            heading=_("Person"),
        ),
        MultiFieldPanel(
            [FieldPanel("person"), FieldPanel("relation"), FieldPanel("disclosure")],
            heading=_("Relation to the organisation"),
        ),
        ConsentsPanel("consents", heading=_("Consents"), label=_("consent")),
    ]

    class Meta:
        verbose_name_plural = _("story subjects")
        base_manager_name = "objects"
        ordering = ["reference_code"]
        verbose_name = _("story subject")

    def __str__(self) -> str:
        return gettext("Subject {code}").format(code=self.reference_code)

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and mark the portrait as showing this person, both or neither."""
        super().save(*args, **kwargs)

    @property
    def printed_disclosure(self) -> str:
        """The disclosure of the relation for readers, "" for none."""
        return self.disclosure or str(DISCLOSURES.get(Relation(self.relation), ""))

    @property
    def printed_relation(self) -> str:
        """The relation in a few words, for readers, as a story's page prints it."""
        return str(RELATIONS[Relation(self.relation)])

    @property
    def initials(self) -> str:
        """The name in initials, such as “R. Q.”, “A patient” where it has no letter."""
        words = re.findall(r"[^\W\d_]+", self.name)
        return " ".join(f"{word[0].upper()}." for word in words) or str(ANONYMOUS)

    @property
    def telling_words(self) -> list[str]:
        """The parts of the name that identify the person."""
        return [
            word
            for word in re.findall(r"\w+", self.name)
            if len(word) >= TELLING_LETTERS
        ]

    def is_named_in(self, text: str) -> bool:
        """Return whether ``text`` contains the name or an identifying part of it."""
        if re.search(rf"\b{re.escape(self.name.strip())}\b", text, re.IGNORECASE):
            return True
        return any(
            re.search(rf"\b{re.escape(word)}\b", text) for word in self.telling_words
        )

    def is_told_by(self, code: str) -> bool:
        """Return whether ``code``, such as a slug, contains a part of the name."""
        parts = re.split(r"[\W_\d]+", code.casefold())
        return any(
            word in parts or (len(word) >= HIDDEN_LETTERS and word in "".join(parts))
            for word in map(str.casefold, self.telling_words)
        )

    def consent_status(self) -> str:
        """Return a short description of what the person allows today."""
        consents = list(self.consents.all())
        if not consents:
            return gettext("no consent")
        covering = [consent for consent in consents if consent.covers_a_story()]
        if covering:
            ends = [consent.valid_until for consent in covering]
            if None in ends:
                return gettext("covered, without end")
            return gettext("covered until %(day)s") % {"day": date_format(max(ends))}
        if any(consent.withdrawn_at for consent in consents):
            return gettext("withdrawn")
        if any(consent.is_to_come() for consent in consents):
            return gettext("not yet covered")
        if any(consent.is_in_force() for consent in consents):
            return gettext("medical detail not allowed")
        if any(consent.is_kept() for consent in consents):
            return gettext("not for this website")
        return gettext("lapsed")

    consent_status.short_description = _("consent")  # type: ignore[attr-defined]

    def clean(self) -> None:
        """Refuse a code, disclosure or portrait that contains the name.

        Raises:
            ValidationError: The reference code or the portrait's title, description or
                file name holds a part of the name.
        """
        super().clean()
        errors: dict[str, Any] = {}
        if self.is_told_by(self.reference_code or ""):
            errors["reference_code"] = _(
                "The code gives the name away. Choose another."
            )
        if self.disclosure and self.is_named_in(self.disclosure):
            errors["disclosure"] = _(
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
            errors["portrait"] = _(
                "The picture's title, description or file name contains the person's "
                "name. Rename the file, upload it again, choose that one, and delete "
                "this picture under Images."
            )
        if errors:
            raise ValidationError(errors)
