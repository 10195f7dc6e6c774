"""Forms for references."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput

from evidence.library import identifiers, names
from evidence.models import Reference


class AuthorsField(forms.CharField):
    """Authors as lines, one name each; cleaned to a list of CSL names.

    A line of ``stored`` stands for the name that it was made of, with what a line does
    not show, such as a suffix, and even where nobody could type it.
    """

    widget = AdminAutoHeightTextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)
        self.stored: dict[str, dict[str, str]] = {}

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(names.line, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        read, errors = [], []
        for place, text in enumerate((value or "").splitlines(), start=1):
            if not text.strip():
                continue
            try:
                read.append(self.stored.get(text.strip()) or names.parse(text))
            except ValueError as error:
                errors.append(
                    gettext("Line {number}, “{text}”: {error}.").format(
                        number=place, text=text.strip()[:60], error=error
                    )
                )
        if errors:
            raise ValidationError(errors)
        return read

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """Run no text validators: the lines have been parsed one by one."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial or []) != (data or ""))


class ReferenceForm(WagtailAdminModelForm):
    """Reads authors as lines, and names the reference that has an identifier."""

    authors = AuthorsField(
        label=_("Authors"),
        required=False,
        help_text=_(
            "One on each line: “Petrou, Panayiota” for a person, a name without a "
            "comma for a group. A group's name with a comma stands in braces."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        authors: Any = self.fields["authors"]
        authors.stored = {
            names.line(name): dict(name) for name in self.instance.authors
        }

    def clean_doi(self) -> str:
        return self._free(
            "doi",
            identifiers.doi(self.cleaned_data["doi"]),
            gettext("This DOI is in the library already: {}"),
        )

    def clean_pmid(self) -> str:
        value = identifiers.pmid(self.cleaned_data["pmid"])
        refusal = gettext("This PubMed number is in the library already: {}")
        return self._free("pmid", value, refusal)

    def _free(self, field: str, value: str, refusal: str) -> str:
        """Return ``value``, or raise an error that names the reference that has it."""
        others = Reference.objects.exclude(pk=self.instance.pk)
        other = others.filter(**{field: value}).first() if value else None
        if other is not None:
            raise ValidationError(format_html(refusal, self._link(other)))
        return value

    def _link(self, reference: Reference) -> SafeString:
        url = AdminURLFinder(self.for_user).get_edit_url(reference)
        if url is None:
            return format_html("{}", reference)
        return format_html('<a href="{}">{}</a>', url, reference)


class ReferenceCreationForm(ReferenceForm):
    """The short form for a new reference while citing."""

    class Meta:
        model = Reference
        fields = [
            "csl_type",
            "title",
            "authors",
            "more_authors",
            "container_title",
            "publisher",
            "issued_year",
            "volume",
            "issue",
            "page",
            "doi",
            "pmid",
            "url",
            "accessed",
        ]


class LocatorForm(forms.Form):
    """The locator of a citation, such as a page."""

    locator = forms.CharField(
        required=False,
        max_length=80,
        label=_("Where in the work"),
        help_text=_("A page, chapter, table or figure, such as p. 14. May stay blank."),
    )
