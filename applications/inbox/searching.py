"""Finds applications by number or by e-mail address, neither of which is in a URL.

What is typed is posted. The address that follows holds it encrypted, and of an e-mail
address only keyed hashes, so that logs and other sites learn nothing.
"""

import json
import re
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext

from applications.contacts import contact_hashes
from core import encryption

_PLACE = ("applications", "inbox", "search")
# Of a reference number: two halves of four with a hyphen between.
_HALF = 4


@dataclass(frozen=True)
class Search:
    """What somebody looks for: a number or its beginning, or hashes of an address."""

    reference: str = ""
    hashes: list[str] = field(default_factory=list)

    @classmethod
    def typed(cls, words: str) -> "Search":
        """Return what ``words`` ask for; the number as people write it.

        Raises:
            core.encryption.KeysUnusableError: An address cannot be hashed.
        """
        words = words.strip()
        if "@" in words:
            return cls(hashes=contact_hashes(words))
        letters = re.sub(r"[\W_]", "", words).upper()
        if len(letters) > _HALF:
            letters = f"{letters[:_HALF]}-{letters[_HALF:]}"
        return cls(reference=letters)

    @classmethod
    def from_token(cls, token: str) -> "Search | None":
        """Return the search of an address, None when this site has not made it."""
        try:
            found = json.loads(encryption.decrypt(token, _PLACE))
        except encryption.EncryptionError:
            return None
        return cls(**found)

    @property
    def token(self) -> str:
        """What the address holds of it."""
        asked = {"reference": self.reference, "hashes": self.hashes}
        return encryption.encrypt(json.dumps(asked), _PLACE)

    @property
    def condition(self) -> Q:
        if self.hashes:
            return Q(contact_hash__in=self.hashes)
        return Q(reference__startswith=self.reference)

    @property
    def said(self) -> str:
        """What is looked for, in words that name nobody."""
        if self.hashes:
            return gettext("Sent with the e-mail address that you typed.")
        sentence = gettext("With a number that begins with {reference}.")
        return sentence.format(reference=self.reference)
