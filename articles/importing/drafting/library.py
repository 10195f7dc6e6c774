"""Matches entries of a typed reference list with the library, and makes what lacks."""

from dataclasses import dataclass, field

from articles.importing.drafting.tokens import Placeholders
from evidence.importing.typed_entries import Found, TypedEntries


@dataclass
class Library(TypedEntries):
    """The reference library, and what an import would add to it.

    Args:
        may_create: Whether works with a DOI or PubMed number that are not in the
            library would be created, of what can be read of their entries.
    """

    may_create: bool = False
    placeholders: Placeholders = field(default_factory=Placeholders)

    def find(self, entry: str) -> Found:
        """Return the work that ``entry`` names, or what stands for one to be made."""
        found = super().find(entry)
        numbers = found.numbers
        if self.may_create and numbers and (numbers.doi or numbers.pmid):
            return Found(
                self.placeholders.reference(numbers.doi, numbers.pmid, typed=entry)
            )
        return found
