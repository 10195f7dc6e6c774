"""The form of the organisation's record, and its opening hours."""

import json
from collections.abc import Iterator
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import time as printed_time
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import Panel
from wagtail.blocks.struct_block import StructBlockValidationError

from core.publishing.posted_form import CompleteModelForm
from seo.graph import markup
from seo.graph.organisation_types import offered
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


def in_words(stream: Any) -> Iterator[str]:
    """Yield the hours of each block of a stream, days first."""
    for child in stream:
        days = ", ".join(
            str(WEEKDAYS_ABBR[DAYS.index(day)])
            for day in DAYS
            if day in (child.value["days"] or [])
        )
        opens, closes = child.value["opens"], child.value["closes"]
        if days and opens and closes:
            yield f"{days} {_clock(opens)}\N{EN DASH}{_clock(closes)}"


def _clock(moment: time) -> str:
    return printed_time(moment, "TIME_FORMAT")


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


class SaidPanel(Panel):
    """The organisation as every page describes it, as it was saved last."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "core/panels/organisation_said.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            record = type(self.instance).objects.filter(pk=self.instance.pk).first()
            if record:
                said = json.dumps(record.node(), indent=2, ensure_ascii=False)
                context["said"] = said
            return context
