"""QuerySet of references."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import CharField, Value

from delivery.once import once_per_generation
from evidence.site_settings import ReferenceListSettings


class ReferenceQuerySet(models.QuerySet[Any]):
    """References, in which a merged one resolves to the one that was kept."""

    def unmerged(self) -> "ReferenceQuerySet":
        """Return the references that were not merged."""
        return self.filter(merged_into=None)

    def with_style_of(self, site: Any) -> "ReferenceQuerySet":
        """Annotate the ``style`` of ``site``, None when it is not set."""
        if site is None:
            return self
        return self.annotate(style=Value(_style_of(site.pk), CharField(null=True)))

    def in_bulk(
        self, id_list: Iterable[Any] | None = None, *, field_name: str = "pk"
    ) -> dict[Any, Any]:
        """Return records by id, merged ones resolved.

        Texts keep the id that they cited, in old versions too; so the id of a merged
        reference brings the one it was merged into.
        """
        found = super().in_bulk(id_list, field_name=field_name)
        merged = {
            key: record.merged_into_id
            for key, record in found.items()
            if record.merged_into_id
        }
        if merged:
            kept = super().in_bulk(set(merged.values()))
            found |= {key: kept[target] for key, target in merged.items()}
        return found


@once_per_generation
def _style_of(site_pk: int) -> str | None:
    chosen = ReferenceListSettings.objects.filter(site=site_pk).order_by()
    return chosen.values_list("style", flat=True).first()
