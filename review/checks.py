"""System check of a setting that counts no more."""

import os
from typing import Any

from django.core.checks import Warning as CheckWarning


def months_are_typed(app_configs: Any, **kwargs: Any) -> list[CheckWarning]:
    """Warn of months between checks of credentials that nobody reads."""
    if "CREDENTIAL_CHECK_MONTHS" not in os.environ:
        return []
    return [
        CheckWarning(
            "CREDENTIAL_CHECK_MONTHS counts no more.",
            hint="Type the months in Settings > Checks of credentials, and remove the "
            "variable from the environment.",
            id="review.W001",
        )
    ]
