"""Keys of owners, such as a form, kept in the database and encrypted there."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone

from core.encryption import EncryptionError, Key
from core.models.data_key import DataKey

_KEY_BYTES = 32
# Longer than anybody holds on to a key that somebody else has replaced meanwhile.
_AFTER = timedelta(days=1)

# Once read they stay in this process, under the `FIELD_KEYS` that they were read with.
_read: dict[tuple[tuple[str, ...], str], Key] = {}


def writing_key(owner: str) -> Key:
    """Return the key that ``owner``'s values are written with; the first is made here.

    Nothing is remembered: another process may have made a newer one.

    Raises:
        core.encryption.EncryptionError: It cannot be read, or none can be made.
    """
    kept = DataKey.objects.filter(owner=owner).first()
    return kept.key if kept else new_key(owner)


def new_key(owner: str) -> Key:
    """Make a key for ``owner`` and return it; from now on it writes.

    Raises:
        core.encryption.KeysUnusableError: There is no key to encrypt it with.
    """
    key = Key(secrets.token_bytes(_KEY_BYTES))
    DataKey.holding(key, owner).save(force_insert=True)
    return key


def reading_key(name: str) -> Key | None:
    """Return the key of this name, None when there is none that can be read."""
    under = tuple(settings.FIELD_KEYS)
    if (under, name) not in _read:
        # All at once: a list may show what is under the keys of many owners.
        for kept in DataKey.objects.all():
            try:
                _read[under, kept.name] = kept.key
            except EncryptionError:
                continue
    return _read.get((under, name))


def names() -> set[str]:
    """Return the names of all of them."""
    return set(DataKey.objects.values_list("name", flat=True))


def current_names() -> set[str]:
    """Return the names of the keys that write."""
    return set(_latest().values())


def _latest() -> dict[str, str]:
    """Return the name of the key that writes, by owner."""
    latest: dict[str, str] = {}
    for owner, name in DataKey.objects.values_list("owner", "name"):
        latest.setdefault(owner, name)
    return latest


def unreadable() -> int:
    """Return how many cannot be read with `FIELD_KEYS`, nor what is under them."""
    return len(_lost())


def _lost() -> set[str]:
    """Return the names of those that no key of `FIELD_KEYS` opens; one query."""
    return {kept.name for kept in DataKey.objects.all() if not _is_readable(kept)}


def _is_readable(kept: DataKey) -> bool:
    try:
        return bool(kept.key)
    except EncryptionError:
        return False


def new_keys() -> int:
    """Make a new key for every owner that has one; return how many."""
    owners = DataKey.objects.order_by().values_list("owner", flat=True).distinct()
    return len([new_key(owner) for owner in list(owners)])


def replace_lost() -> int:
    """Make new keys for owners whose key is lost for good, and delete the lost ones.

    What is under them stays, and nobody can read it.

    Returns:
        How many were lost.
    """
    lost = _lost()
    for owner, name in _latest().items():
        if name in lost:
            new_key(owner)
    return DataKey.objects.filter(name__in=lost).delete()[0]


def delete_needless(needed: set[str]) -> int:
    """Delete keys that were replaced a day ago and that no value needs.

    Args:
        needed: The names of the keys that values are under.

    Returns:
        How many.
    """
    newer = DataKey.objects.filter(
        owner=OuterRef("owner"),
        created_at__gt=OuterRef("created_at"),
        created_at__lt=timezone.now() - _AFTER,
    )
    replaced = DataKey.objects.filter(Exists(newer)).exclude(name__in=needed)
    return replaced.delete()[0]
