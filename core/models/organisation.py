"""The one record of the organisation: its name, where it is and how it is reached."""

import math
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField

from core.models.images import SiteImage
from core.models.site_settings import SocialLinkBlock
from core.organisation_form import (
    OpeningHoursBlock,
    OrganisationForm,
    SaidPanel,
    in_words,
)
from seo.graph.organisation import organisation
from seo.graph.organisation_types import DEFAULT_TYPE
from seo.graph.vocabulary import Node
from seo.pictures import organisation_pictures

# Countries whose post wants the postal code before the town, in one line (Universal
# Postal Union, S42).
_POSTAL_CODE_FIRST = re.compile(
    "AT|BE|CH|CZ|DE|DK|EE|ES|FI|FR|GR|HR|HU|IS|IT|LI|LT|LU|MC|NL|NO|PL|PT|RO|RS|SE|SI|"
    "SK|SM|TR|VA"
)


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
        SaidPanel(heading=_("What search engines are told"), classname="collapsed"),
    ]

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    @classmethod
    def of(cls, site: Any) -> "Organisation":
        """Return the record of ``site``, a blank one where nobody has filled it in."""
        return cls.objects.filter(site=site).first() or cls(site=site)

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

    def node(self) -> Node:
        """Return what search engines are told of the organisation."""
        root_url = self.site.root_url
        try:
            return organisation(
                self,
                node_id=f"{root_url}/#organization",
                url=f"{root_url}/",
                name=self.site.site_name or "Home",
                pictures=organisation_pictures(self, root_url),
            )
        except ValueError:
            return {}

    @property
    def address_lines(self) -> list[str]:
        """The postal address as readers see it, a line each."""
        if _POSTAL_CODE_FIRST.fullmatch(self.country.strip().upper()):
            place = [f"{self.postal_code} {self.locality}", self.region]
        else:
            place = [self.locality, f"{self.region} {self.postal_code}"]
        lines = [*self.street.splitlines(), *place]
        return [line.strip() for line in lines if line.strip()]

    @property
    def hours_for_readers(self) -> str:
        """The hours in words, in one line."""
        return self.hours_in_words or "; ".join(in_words(self.opening_hours))
