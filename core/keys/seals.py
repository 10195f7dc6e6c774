"""The seals of logs, as what is kept under a key."""

from collections import Counter
from collections.abc import Iterator

from django.db import transaction

from core import encryption
from core.keys.holdings import Holding
from core.models.chained_log import LogEnd


class Seals(Holding):
    name = "seals of logs"

    def in_use(self) -> Counter[str]:
        seals = LogEnd.objects.exclude(seal="").values_list("seal", flat=True)
        return Counter(seal.partition(".")[0] for seal in seals)

    def renew(self) -> Iterator[bool]:
        first = encryption.key_names()[0]
        for log in list(LogEnd.objects.values_list("log", flat=True)):
            with transaction.atomic():
                end = LogEnd.objects.select_for_update().get(log=log)
                if end.seal.startswith(f"{first}."):
                    continue
                # What is not ours gets no seal of ours.
                was_sealed = end.is_sealed
                if was_sealed:
                    end.sealed().save(update_fields=["seal"])
            yield was_sealed
