"""The form of the SEO settings."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from wagtail.admin.forms import WagtailAdminModelForm

from seo.graph import REFUSED_PROPERTIES


class SeoSettingsForm(WagtailAdminModelForm):
    """Refuses invalid additional markup."""

    def clean_struct_org_extra_json(self) -> str:
        """Return the markup.

        Raises:
            ValidationError: It is no JSON object, or says what it may not.
        """
        text: str = self.cleaned_data["struct_org_extra_json"]
        if not text.strip():
            return text
        try:
            markup: Any = json.loads(text)
        except ValueError as error:
            raise ValidationError(
                gettext("This is not valid JSON: {error}.").format(error=error)
            ) from error
        if not isinstance(markup, dict):
            raise ValidationError(gettext('Write an object: {"property": "value"}.'))
        if refused := sorted(REFUSED_PROPERTIES & set(markup)):
            names = ", ".join(refused)
            raise ValidationError(
                gettext("These may not be set here: {names}.").format(names=names)
            )
        return text
