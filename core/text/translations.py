"""Translations, kept once they were found.

Django means to merge the catalogues of all apps, but compares their plural rules so
that no two are alike. For each text it looks through some twenty, and where nothing is
translated, as in English, through all of them twice: a twentieth of what a page costs.
A test in tests/core/test_upstream.py fails once they are merged.
"""

from functools import lru_cache
from typing import Any

from django.utils.translation import trans_real

_MOST = 4096  # texts of one language


class KeptTranslation(trans_real.DjangoTranslation):
    """The catalogues of one language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gettext = lru_cache(_MOST)(super().gettext)  # type: ignore[method-assign]
        self.ngettext = lru_cache(_MOST)(super().ngettext)  # type: ignore[method-assign]


def keep_translations() -> None:
    """Have Django make each language so; it documents no way to say how."""
    trans_real.DjangoTranslation = KeptTranslation  # type: ignore[misc]
    trans_real._translations.clear()  # type: ignore[attr-defined]
