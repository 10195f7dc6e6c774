"""What people tell a form is encrypted with a key of that form."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.db.models.expressions import Combinable

from core.encryption import Key
from core.keys.data_keys import writing_key


def owner(form_pk: int) -> str:
    """Return what the form is called as the owner of keys."""
    return f"form:{form_pk}"


class UnderFormKey(models.Model):
    """A row whose encrypted values are under the key of a form.

    Attributes:
        form_pk: Where queries find the form's primary key.
    """

    form_pk: ClassVar[Combinable]

    class Meta:
        abstract = True

    def data_key(self) -> Key:
        """Return the key to write with.

        Raises:
            core.encryption.EncryptionError: It cannot be read, or none can be made.
        """
        raise NotImplementedError

    @classmethod
    def key_owners(cls, pks: Iterable[Any]) -> dict[Any, str]:
        """Return the owner of the key of each of these rows, in one query."""
        rows = cls._base_manager.filter(pk__in=pks).order_by()
        return {pk: owner(form) for pk, form in rows.values_list("pk", cls.form_pk)}


def key_of_form(form_pk: int) -> Key:
    """Return the key that a form's values are written with (`writing_key`)."""
    return writing_key(owner(form_pk))
