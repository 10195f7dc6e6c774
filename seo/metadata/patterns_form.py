"""The form of patterns: two fields for each page type."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import get_page_models

from seo.metadata import patterns

KINDS = {"title": patterns.TITLE, "description": patterns.DESCRIPTION}
_LABELS = {"title": gettext_lazy("Title"), "description": gettext_lazy("Description")}
LONGEST = 200  # characters


class Row(NamedTuple):
    """The patterns of one page type: what they are called, and their fields."""

    heading: str
    fields: list[dict[str, Any]]


def page_types() -> list[Any]:
    """Return the page types that have metadata, by name."""
    found = [each for each in get_page_models() if hasattr(each, "metadata_variables")]
    return sorted(found, key=lambda each: str(each._meta.verbose_name))


def page_type(label: str) -> Any:
    """Return the page type that is called ``label``, None when there is none."""
    return next((e for e in page_types() if e._meta.label_lower == label), None)


class PatternsForm(WagtailAdminModelForm):
    """Refuses what a pattern cannot name; a blank one is as it comes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.instance.patterns
        for each, kind, name in self._places():
            self.fields[name] = forms.CharField(
                label=_LABELS[kind],
                required=False,
                max_length=LONGEST,
                initial=known.get(each._meta.label_lower, {}).get(kind, ""),
                help_text=_("Variables: {names}. As it comes: {default}").format(
                    names=", ".join(
                        f"{{{name}}}" for name in patterns.variables(each, kind)
                    ),
                    default=KINDS[kind],
                ),
                widget=forms.TextInput(
                    attrs={"placeholder": KINDS[kind], "data-pattern": name}
                ),
            )

    def _places(self) -> Iterator[tuple[Any, str, str]]:
        for each in page_types():
            for kind in KINDS:
                yield each, kind, f"{each._meta.label_lower.replace('.', '-')}-{kind}"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for each, kind, name in self._places():
            typed = cleaned.get(name, "").strip()
            if typed and (sentence := patterns.problem(typed, each, kind)):
                self.add_error(name, ValidationError(sentence))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        # What is said of page types that are gone for now stays.
        typed: dict[str, dict[str, str]] = dict(self.instance.patterns)
        for each in page_types():
            typed.pop(each._meta.label_lower, None)
        for each, kind, name in self._places():
            if pattern := self.cleaned_data[name].strip():
                typed.setdefault(each._meta.label_lower, {})[kind] = pattern
        self.instance.patterns = typed
        return super().save(commit=commit)

    @property
    def rows(self) -> list[Row]:
        """The fields, page type by page type, with the address of a sample."""
        rows: dict[str, Row] = {}
        for each, kind, name in self._places():
            label = each._meta.label_lower
            heading = str(capfirst(str(each._meta.verbose_name_plural)))
            row = rows.setdefault(label, Row(heading, []))
            url = reverse("metadata_sample", args=[self.instance.site_id, label, kind])
            row.fields.append({"field": self[name], "sample_url": url})
        return list(rows.values())
