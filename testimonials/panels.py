"""The panel for consents, which can be added and withdrawn, never changed."""

from typing import Any

from django.core.exceptions import ValidationError
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
