"""Keys that are kept in the database, each encrypted with one of `FIELD_KEYS`."""

import base64
import uuid
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.encrypted_fields import EncryptedTextField
from core.encryption import (
    NAME_LENGTH,
    PREFIX,
    Key,
    UnknownKeyError,
    key_names,
)


class DataKey(models.Model):
    """A key for what belongs to one owner; the owner's latest one writes.

    When `FIELD_KEYS` change, only this row is written anew, not all that is under it.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Whose: a kind and a primary key, such as "form:12".
    owner = models.CharField(_("owner"), max_length=100, db_index=True)
    # What values that it encrypted call it.
    name = models.CharField(_("name"), max_length=NAME_LENGTH, unique=True)
    # 32 bytes in base 64.
    secret = EncryptedTextField(_("secret"))
    created_at = models.DateTimeField(_("created at"), default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("data key")
        verbose_name_plural = _("data keys")
        default_permissions = ()
        ordering = ["owner", "-created_at", "-uuid"]

    def __str__(self) -> str:
        return gettext("Data key {name}").format(name=self.name)

    @classmethod
    def holding(cls, key: Key, owner: str) -> "DataKey":
        """Return an unsaved row that keeps ``key``."""
        secret = base64.b64encode(key.secret).decode()
        return cls(owner=owner, name=key.name, secret=secret)

    @property
    def key(self) -> Key:
        """The key itself.

        Raises:
            core.encryption.EncryptionError: The key of `FIELD_KEYS` that it needs is
                missing, or it was altered.
        """
        field: Any = self._meta.get_field("secret")
        stored = field.value_from_object(self)
        # Not under another of these, which would be looked for among these again.
        if not any(str(stored).startswith(PREFIX + name) for name in key_names()):
            raise UnknownKeyError
        return Key(base64.b64decode(self.secret))
