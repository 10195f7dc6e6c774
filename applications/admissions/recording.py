"""What is done with applications is recorded, or not done."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext
from wagtail.admin import messages

from core.encryption import KeysUnusableError


class RecordedMixin:
    """Leads to the list with a sentence where no key can seal the record.

    A view records first, or in the same transaction: nothing was shown or changed then.
    """

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        try:
            response: HttpResponseBase = super().dispatch(  # type: ignore[misc]
                request, *args, **kwargs
            )
        except KeysUnusableError as error:
            tell_of_keys(request, error)
            return redirect("application:index")
        return response


def tell_of_keys(request: HttpRequest, error: KeysUnusableError) -> None:
    """Say above the next page why nothing was done."""
    sentence = gettext("Nothing was shown or changed. {reason}")
    messages.error(request, sentence.format(reason=error.sentence))
