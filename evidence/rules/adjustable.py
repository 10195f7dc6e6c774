"""Rules whose level, and what they count, are settings of the site."""

from typing import Any, ClassVar

from core.publishing.gate import ChosenLevel, shared
from delivery.once import once_per_generation
from evidence.site_settings import EvidenceRules


class Adjustable:
    """A rule whose level is the field ``setting`` of `EvidenceRules`."""

    setting: ClassVar[str]

    def chosen_level(self, page: Any) -> ChosenLevel:
        level: ChosenLevel = getattr(settings_for(page), self.setting)
        return level


@shared
def settings_for(page: Any) -> EvidenceRules:
    """Return the settings of the page's site, else those of the default one.

    A page that is only being made is on the site of the page above it: `BasePageForm`
    says which.
    """
    placed = page if page.pk else _above(page)
    parts = placed.get_url_parts() if placed and placed.path else None
    return _settings_of(parts[0] if parts else None)


def _above(page: Any) -> Any:
    return page.get_parent() if page.path else getattr(page, "made_beneath", None)


@once_per_generation
def _settings_of(site_pk: int | None) -> EvidenceRules:
    asked = EvidenceRules.objects.order_by()
    if site_pk is None:
        chosen = asked.filter(site__is_default_site=True)
    else:
        chosen = asked.filter(site=site_pk)
    return chosen.first() or EvidenceRules()
