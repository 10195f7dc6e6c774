"""The columns of encrypted fields, as what is kept under a key."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models.functions import Cast, Substr

from core import encryption
from core.encrypted_fields import Ciphertext, EncryptedTextField
from core.keys import data_keys
from core.keys.holdings import UNKNOWN, Holding

_BATCH = 100  # rows of one transaction


class EncryptedColumn(Holding):
    """One encrypted field of a model."""

    def __init__(self, model: type[models.Model], field: EncryptedTextField) -> None:
        self.model, self.field = model, field
        self.name = f"{model._meta.label}.{field.name}"

    def current(self) -> set[str]:
        owned = hasattr(self.model, "key_owners")
        return data_keys.current_names() if owned else super().current()

    def in_use(self) -> Counter[str]:
        found: Counter[str] = Counter()
        # Ordering would group by what it orders by.
        counted = self._kept().order_by().values("under")
        for row in counted.annotate(number=models.Count("pk")):
            known = encryption.KEY_NAME.fullmatch(row["under"])
            # What is not encrypted must not be told of by its first letters.
            found[row["under"] if known else UNKNOWN] += row["number"]
        return found

    def renew(self) -> Iterator[bool]:
        waiting = self._kept().exclude(under__in=self.current()).order_by("pk")
        last = None
        while True:
            after = waiting.filter(pk__gt=last) if last else waiting
            with transaction.atomic():
                rows = list(after.only("pk", self.field.attname)[:_BATCH])
                keys = self._keys([row.pk for row in rows])
                done = [self._renew(row, keys.get(row.pk)) for row in rows]
            yield from done
            if not rows:
                return
            last = rows[-1].pk

    def _keys(self, pks: list[Any]) -> dict[Any, encryption.Key]:
        """Return the key that each row's owner writes with, where rows have one."""
        if not hasattr(self.model, "key_owners"):
            return {}
        owners: dict[Any, str] = self.model.key_owners(pks)
        keys = {owner: data_keys.writing_key(owner) for owner in set(owners.values())}
        return {pk: keys[owner] for pk, owner in owners.items()}

    def _renew(self, row: Any, key: encryption.Key | None) -> bool:
        try:
            text = getattr(row, self.field.attname)
        except encryption.EncryptionError:
            return False
        old = str(text.ciphertext)
        new = Ciphertext(encryption.encrypt(str(text), self.field.place(row), key))
        # What somebody wrote meanwhile is under a current key already.
        same = self._kept().filter(pk=row.pk, stored=old)
        same.update(**{self.field.attname: new})
        return True

    def _kept(self) -> "models.QuerySet[Any]":
        rows = self.model._base_manager.exclude(**{f"{self.field.name}__isnull": True})
        # The field itself refuses to be looked up.
        stored = Cast(self.field.attname, models.TextField())
        begins = len(encryption.PREFIX) + 1
        under = Substr(stored, begins, encryption.NAME_LENGTH)
        return rows.annotate(stored=stored, under=under)


def encrypted_columns() -> Iterator[EncryptedColumn]:
    """Yield every column that an installed model keeps encrypted."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EncryptedTextField):
                yield EncryptedColumn(model, field)
