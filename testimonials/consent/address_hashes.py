"""The hashes by which people are found who ask for what is kept of them."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Count, Q
from django.db.models.functions import Substr

from core import encryption
from core.keys.holdings import Holding
from testimonials.models.subject_link import SubjectLink, email_hashes


class SubjectLinkHashes(Holding):
    """Hashes of addresses, worked out anew when keys change or where one is missing."""

    name = "hashes of addresses that links to consents were sent to"

    def in_use(self) -> Counter[str]:
        hashed = SubjectLink.objects.exclude(email_hash=None)
        key = Substr("email_hash", 1, encryption.NAME_LENGTH)
        counted = hashed.order_by().values(key=key).annotate(number=Count("pk"))
        return Counter({row["key"]: row["number"] for row in counted})

    def renew(self) -> Iterator[bool]:
        first = encryption.key_names()[0]
        waiting = SubjectLink.objects.filter(
            Q(email_hash=None) | ~Q(email_hash__startswith=first)
        )
        for link in list(waiting):
            try:
                hashed = email_hashes(str(link.email))[0]
            except encryption.EncryptionError:
                yield False
                continue
            SubjectLink.objects.filter(pk=link.pk).update(email_hash=hashed)
            yield True
