"""The one record of the organisation: its name, where it is and how it is reached."""

import math
from collections.abc import Iterator
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.template.defaultfilters import time as printed_time
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField

from core.models.images import SiteImage
from core.models.site_settings import SocialLinkBlock
from core.publishing.posted_form import CompleteModelForm
from seo.graph import markup
from seo.graph.organisation_types import DEFAULT_TYPE, offered
from seo.graph.vocabulary import without_controls

# As schema.org calls them, in the order of a week.
DAYS = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)


class OpeningHoursBlock(blocks.StructBlock):
    """Days with the same opening hours."""

    days = blocks.MultipleChoiceBlock(
        choices=[
            ("Monday", _("Monday")),
            ("Tuesday", _("Tuesday")),
            ("Wednesday", _("Wednesday")),
            ("Thursday", _("Thursday")),
            ("Friday", _("Friday")),
            ("Saturday", _("Saturday")),
            ("Sunday", _("Sunday")),
        ],
        widget=forms.CheckboxSelectMultiple,
        label=_("Days"),
    )
    opens = blocks.TimeBlock(label=_("Opens"))
    closes = blocks.TimeBlock(
        label=_("Closes"), help_text=_("After midnight: an earlier time than it opens.")
    )

    class Meta:
        icon = "time"
        label = _("Opening hours")

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if value["opens"] == value["closes"]:
            sentence = gettext("Opens and closes at the same time. Type another time.")
            raise StructBlockValidationError({"closes": ValidationError(sentence)})
        return value


class OrganisationForm(CompleteModelForm):
    """The record's form, with the name that Wagtail keeps with the site."""

    name = forms.CharField(
        label=_("Name"),
        max_length=255,
        help_text=_(
            "As readers know it: in titles, the footer, e-mails and search results."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].initial = self.instance.site.site_name
        stored = self.instance.kind
        self.fields["kind"] = forms.ChoiceField(
            label=_("Type"),
            choices=offered(stored),
            help_text=_("What search engines are told the organisation is."),
        )

    def clean_name(self) -> str:
        return _one_line(self.cleaned_data["name"])

    def clean_legal_name(self) -> str:
        return _one_line(self.cleaned_data["legal_name"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        place = [cleaned.get("latitude"), cleaned.get("longitude")]
        if None in place and place != [None, None]:
            name = "latitude" if place[0] is None else "longitude"
            if name not in self.errors:
                self.add_error(name, gettext("Fill in both coordinates, or neither."))
        text, kind = cleaned.get("markup") or "", cleaned.get("kind")
        if text and kind:
            self._check_markup(text, kind)
        return cleaned

    def _check_markup(self, text: str, kind: str) -> None:
        try:
            found = markup.parsed(text)
        except markup.MarkupError as error:
            self.add_error("markup", error.sentences)
            return
        sentences = [sentence for _name, sentence in markup.problems(found, kind)]
        if sentences:
            self.add_error("markup", sentences)

    def save(self, commit: bool = True) -> Any:
        """Save the record, and the name with the site."""
        site, name = self.instance.site, self.cleaned_data["name"]
        if commit and site.site_name != name:
            site.site_name = name
            site.save(update_fields=["site_name"])
        return super().save(commit)


def _one_line(text: str) -> str:
    cleaned: str = without_controls(text)
    return " ".join(cleaned.split())


@register_setting(icon="home")
class Organisation(BaseSiteSetting):
    """What the organisation is called, where it is and how it is reached.

    Its name is the site's (``site.site_name``), which Wagtail keeps and e-mails read.
    Footer, contact details, e-mails, feeds and graph print what is here (ADR 30).
    """

    kind = models.CharField(_("type"), max_length=60, default=DEFAULT_TYPE)
    legal_name = models.CharField(
        _("legal name"),
        max_length=255,
        blank=True,
        help_text=_("As it is registered, where that differs."),
    )
    logo = models.ForeignKey(
        SiteImage,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("logo"),
        help_text=_("112 x 112 pixels or more, fit for a white background."),
    )
    premises = models.ForeignKey(
        SiteImage,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("photograph of the premises"),
        help_text=_("For search engines; 1200 pixels wide or more."),
    )
    telephone = models.CharField(
        _("telephone"),
        max_length=40,
        blank=True,
        help_text=_("With the code of the country, such as +44 1632 960417."),
    )
    email = models.EmailField(_("email"), blank=True)
    street = models.TextField(
        _("street address"), blank=True, help_text=_("One line of the address a line.")
    )
    locality = models.CharField(_("town"), max_length=255, blank=True)
    region = models.CharField(_("county or state"), max_length=255, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=255, blank=True)
    country = models.CharField(
        _("country"),
        max_length=255,
        blank=True,
        help_text=_("Two letters, such as GB. For search engines."),
    )
    latitude = models.DecimalField(
        _("latitude"), max_digits=11, decimal_places=8, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=11, decimal_places=8, null=True, blank=True
    )
    opening_hours = StreamField(
        [("hours", OpeningHoursBlock())], blank=True, verbose_name=_("opening hours")
    )
    hours_in_words = models.CharField(
        _("hours in words"),
        max_length=200,
        blank=True,
        help_text=_(
            "Printed for readers instead of the opening hours, for what a table does "
            "not say, such as when somebody answers."
        ),
    )
    elsewhere = StreamField(
        [("link", SocialLinkBlock())],
        blank=True,
        verbose_name=_("profiles elsewhere"),
        help_text=_(
            "The organisation's own profiles: in the footer, and for search engines."
        ),
    )
    markup = models.TextField(
        _("additional markup"),
        blank=True,
        help_text=_(
            "JSON with more properties of the organisation's type on schema.org, such "
            'as {"foundingDate": "2017"}.'
        ),
    )

    base_form_class = OrganisationForm
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("kind"),
                FieldPanel("legal_name"),
                FieldPanel("logo"),
                FieldPanel("premises"),
            ],
            heading=_("Organisation"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("telephone"), FieldPanel("email")]),
                FieldPanel("street"),
                FieldRowPanel([FieldPanel("locality"), FieldPanel("region")]),
                FieldRowPanel([FieldPanel("postal_code"), FieldPanel("country")]),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            ],
            heading=_("Contact"),
        ),
        MultiFieldPanel(
            [FieldPanel("opening_hours"), FieldPanel("hours_in_words")],
            heading=_("Hours"),
        ),
        FieldPanel("elsewhere"),
        FieldPanel("markup"),
    ]

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def clean(self) -> None:
        super().clean()
        bounds = {"latitude": 90, "longitude": 180}
        wrong = {
            name: ValidationError(
                gettext("Type degrees between -{bound} and {bound}.").format(
                    bound=bound
                )
            )
            for name, bound in bounds.items()
            if (value := getattr(self, name)) is not None
            and not (math.isfinite(value) and abs(value) <= bound)
        }
        if wrong:
            raise ValidationError(wrong)

    @property
    def address_lines(self) -> list[str]:
        """The postal address as readers see it, a line each."""
        place = f"{self.region} {self.postal_code}".strip()
        lines = [*self.street.splitlines(), self.locality, place]
        return [line.strip() for line in lines if line.strip()]

    @property
    def hours_for_readers(self) -> str:
        """The hours in words, in one line."""
        return self.hours_in_words or "; ".join(self._hours())

    def _hours(self) -> Iterator[str]:
        for child in self.opening_hours:
            days = ", ".join(
                str(WEEKDAYS_ABBR[DAYS.index(day)])
                for day in DAYS
                if day in child.value["days"]
            )
            opens, closes = child.value["opens"], child.value["closes"]
            yield f"{days} {_clock(opens)}\N{EN DASH}{_clock(closes)}"


def _clock(moment: time) -> str:
    return printed_time(moment, "TIME_FORMAT")
