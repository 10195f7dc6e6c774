"""The panel for consents, which can be added and withdrawn, never changed."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import InlinePanel


class ConsentForm(WagtailAdminModelForm):
    """A consent on record is confirmed or withdrawn, and a withdrawal stands."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            return
        for name, field in self.fields.items():
            # What is posted for a disabled field is ignored.
            may_change = name in ("confirmed_on", "withdrawn_at")
            field.disabled = not may_change or bool(self.instance.withdrawn_at)

    def clean_given_on(self) -> date | None:
        return self._not_to_come("given_on", timezone.localdate())

    def clean_confirmed_on(self) -> date | None:
        """Return the later of what is typed and what is stored.

        The person may have confirmed it since this form was opened.
        """
        typed = self._not_to_come("confirmed_on", timezone.localdate())
        return max(
            filter(None, (typed, self.initial.get("confirmed_on"))), default=None
        )

    def clean_withdrawn_at(self) -> datetime | None:
        return self._not_to_come("withdrawn_at", timezone.now())

    def _not_to_come(self, name: str, now: Any) -> Any:
        value = self.cleaned_data[name]
        if value and name in self.changed_data and value > now:
            raise ValidationError(_("This day is still to come. Enter when it was."))
        return value


class ConsentFormSet(BaseChildFormSet):
    """Refuses to delete stored consents, and shows them again."""

    data: Any

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        self.refused = False
        super().__init__(data, *args, **kwargs)
        if not self.is_bound:
            return
        self.data = self.data.copy()
        for index in range(self.initial_form_count()):
            marker = f"{self.prefix}-{index}-DELETE"
            if self.data.get(marker):
                self.data[marker] = ""
                self.refused = True

    def clean(self) -> None:
        super().clean()
        if self.refused:
            raise ValidationError(
                _("A consent on record is not deleted. Enter when it was withdrawn.")
            )


class ConsentsPanel(InlinePanel):
    """The consents of a subject."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name] |= {
            "form": ConsentForm,
            "formset": ConsentFormSet,
        }
        return options
