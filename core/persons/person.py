"""Who is looked for: the names under which records know somebody."""

import json
import unicodedata
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

EMAIL, REFERENCE, CODE = "email", "reference", "code"
PAGE = "page"  # one that goes with them, by its primary key

_LEAST = 5  # signs: shorter words stand in texts about others


@dataclass(frozen=True)
class Person:
    """Somebody whose records are looked for.

    Attributes:
        names: What records are found by: `name` makes one.
        words: What texts call them, such as the name of somebody in a story.
        mailboxes: Addresses, normalised, to which e-mails about them go.
    """

    names: frozenset[str]
    words: frozenset[str] = field(default=frozenset(), repr=False)
    mailboxes: frozenset[str] = field(default=frozenset(), repr=False)

    def __repr__(self) -> str:
        return "<Person>"

    def of(self, kind: str) -> list[str]:
        """Return what the names of one kind say, such as all e-mail addresses."""
        return sorted(
            text
            for each, _, text in (one.partition(" ") for one in self.names)
            if each == kind
        )

    def widened(self, other: "Person") -> "Person":
        """Return somebody who is known by the names of both."""
        return Person(
            self.names | other.names,
            self.words | other.words,
            self.mailboxes | other.mailboxes,
        )

    def as_text(self) -> str:
        return json.dumps(
            [sorted(self.names), sorted(self.words), sorted(self.mailboxes)],
            ensure_ascii=False,
        )

    @classmethod
    def from_text(cls, text: str) -> "Person":
        return cls(*map(frozenset, json.loads(text)))

    @property
    def telling_words(self) -> list[str]:
        """The words that, in a text, mean this person and nobody else.

        An address, a number, or a name of two parts: “Grace” alone may be anybody.
        """
        return sorted(
            word for word in self.words if len(word) >= _LEAST and not word.isalpha()
        )

    @classmethod
    def typed(cls, text: str) -> "Person":
        """Return whom somebody means by an e-mail address, a number or a code.

        A number or code is not looked for in texts before a record is known by it.

        Raises:
            django.core.exceptions.ValidationError: It is neither.
        """
        text = text.strip()
        if "@" in text:
            validate_email(text)
            return cls(
                frozenset({name(EMAIL, text)}),
                frozenset({text}),
                frozenset({normalised(text)}),
            )
        if not text:
            raise ValidationError(_("Say whom to look for."))
        return cls(frozenset(name(kind, text) for kind in (REFERENCE, CODE)))


def name(kind: str, text: str) -> str:
    """Return the name of that kind, the same however ``text`` is typed."""
    return f"{kind} {normalised(text) if kind == EMAIL else text.strip().upper()}"


def normalised(email: str) -> str:
    return unicodedata.normalize("NFKC", email.strip()).casefold()
