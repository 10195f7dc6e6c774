"""Secrets of second factors, as what is kept under a key."""

from collections import Counter
from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.db import transaction

from core.encryption import key_names
from core.keys.holdings import UNKNOWN, Holding
from users import encryption

# Where allauth keeps what it has encrypted.
_SECRETS = ("secret", "seed")


class SecondFactors(Holding):
    name = "second factors"

    def in_use(self) -> Counter[str]:
        return Counter(
            _key(secret) or UNKNOWN
            for factor in Authenticator.objects.iterator()
            for secret in _secrets(factor)
        )

    def renew(self) -> Iterator[bool]:
        first = key_names()[0]
        for pk in list(Authenticator.objects.values_list("pk", flat=True)):
            with transaction.atomic():
                # A recovery code that is used meanwhile stays used.
                locked = Authenticator.objects.select_for_update()
                factor = locked.filter(pk=pk).first()
                names = [_key(each) for each in _secrets(factor)]
                if all(name == first for name in names):
                    continue
                if factor and None not in names:
                    for key in _SECRETS:
                        if secret := factor.data.get(key):
                            text = encryption.decrypt(secret)
                            factor.data[key] = encryption.encrypt(text)
                    factor.save(update_fields=["data"])
            yield None not in names


def _key(secret: str) -> str | None:
    place = encryption.which_key(secret)
    return None if place is None else key_names()[place]


def _secrets(factor: Authenticator | None) -> list[str]:
    data = factor.data if factor else {}
    return [data[key] for key in _SECRETS if data.get(key)]
