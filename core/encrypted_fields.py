"""A text field that stores only encrypted values."""

import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldError
from django.db import models

from core import encryption

if TYPE_CHECKING:
    from django.db.models.query_utils import DeferredAttribute as _Attribute

    _TextField = models.TextField[str, str]
else:
    _Attribute = models.TextField.descriptor_class
    _TextField = models.TextField


@dataclass(frozen=True)
class Ciphertext:
    """An encrypted value, as the column stores it."""

    token: str = field(repr=False)

    def __str__(self) -> str:
        return self.token


class Decrypted(str):
    """A decrypted text, with the encrypted value of its row.

    Loading a fixture reads attributes and writes them as they are.
    """

    ciphertext: Ciphertext


class DecryptedAttribute(_Attribute):
    """Decrypts when the attribute is read; the instance keeps the encrypted value.

    Raises:
        core.encryption.EncryptionError: The value cannot be read.
    """

    field: "EncryptedTextField"

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is not None and isinstance(value, Ciphertext):
            text = encryption.decrypt(value.token, self.field.place(instance))
            decrypted = Decrypted(text)
            decrypted.ciphertext = value
            return decrypted
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(_TextField):
    """Text encrypted with `core.encryption`, bound to table, column and row.

    The model's primary key must be a UUID made before saving. A model with a method
    ``data_key`` names the key its values are written with (`core.keys.data_keys`); else
    it is the first of `FIELD_KEYS`. Queries return
    `Ciphertext`, serialisers and forms get the encrypted value, and no lookup works but
    ``isnull``: equal texts are not equal when encrypted. ``QuerySet.update`` is
    refused, because it does not know the row.
    """

    descriptor_class = DecryptedAttribute

    def place(self, instance: Any) -> tuple[str, str, str]:
        """Return the place (table, column, row) that a value is bound to."""
        if not isinstance(instance.pk, uuid.UUID):
            raise TypeError("an encrypted value needs a row with a UUID as primary key")
        return (instance._meta.db_table, str(self.column), str(instance.pk))

    def encrypted(self, text: str, instance: Any) -> Ciphertext:
        """Return ``text`` as it is kept in the row of ``instance``.

        Raises:
            core.encryption.EncryptionError: There is no key to write with.
        """
        data_key = getattr(instance, "data_key", None)
        key = data_key() if data_key else None
        return Ciphertext(encryption.encrypt(text, self.place(instance), key))

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname)
        if isinstance(value, str):
            value = self.encrypted(value, model_instance)
            model_instance.__dict__[self.attname] = value
        return value

    def from_db_value(self, value: str | None, *args: Any) -> Ciphertext | None:
        return None if value is None else Ciphertext(value)

    def to_python(self, value: Any) -> Any:
        """Accept encrypted values, as serialisers write them, and no others."""
        if value is None or isinstance(value, Ciphertext):
            return value
        if not encryption.looks_encrypted(str(value)):
            raise encryption.NotEncryptedError
        return Ciphertext(str(value))

    def clean(self, value: Any, model_instance: Any) -> Any:
        self.validate(value, model_instance)
        return value

    def get_prep_value(self, value: Any) -> Any:
        if value is None:
            return None
        if isinstance(value, Decrypted):
            value = value.ciphertext
        if not isinstance(value, Ciphertext):
            raise encryption.NotEncryptedError
        return value.token

    def value_from_object(self, obj: Any) -> Any:
        value = obj.__dict__.get(self.attname)
        if isinstance(value, str):
            value = self.encrypted(value, obj)
        return value

    def value_to_string(self, obj: Any) -> Any:
        value = self.value_from_object(obj)
        return None if value is None else str(value)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(
                f"an encrypted field cannot be looked up by {lookup_name!r}"
            )
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        raise FieldError(f"an encrypted field cannot be looked up by {lookup_name!r}")

    def formfield(self, *args: Any, **kwargs: Any) -> None:
        """Offer no field to a model form."""
