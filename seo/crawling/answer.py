"""What a crawler sees of a page, and why."""

from dataclasses import dataclass, field
from typing import Any

from seo.crawling.rules import Rules


@dataclass
class Answer:
    """What a crawler sees of a page.

    Args:
        page: The page as it is published.
        address: Its absolute address, "" outside of any site.
        is_reachable: Whether it answers, if only by asking for a password.
        password: The page that asks for a password or log-in, None where none does.
        rules: Those for the page, with where each was chosen.
        header: What X-Robots-Tag says, "" for nothing.
        closed_by: The line of robots.txt that forbids the address, "" where none does.
        elsewhere: The canonical address, "" where it is the page's own.
        canonical: The answer about the page of ours at that address, None without.
        in_sitemap: Whether the sitemap lists it.
        contradictions: Sentences about what cannot be meant so.
    """

    page: Any
    address: str
    is_reachable: bool
    password: Any
    rules: Rules
    header: str
    closed_by: str
    elsewhere: str
    canonical: "Answer | None" = None
    in_sitemap: bool = False
    contradictions: list[str] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether crawlers may read the page and show what they find there."""
        refused = self.password or self.header or self.closed_by or self.rules.noindex
        return bool(self.address and self.is_reachable and not refused)

    @property
    def is_shown(self) -> bool:
        """Whether search engines may show the page, under its own address."""
        return self.is_open and not self.elsewhere

    @property
    def decided_on(self) -> Any:
        """The other page whose choice keeps this one out of results, None without."""
        if self.password:
            source = self.password
        elif not self.rules.noindex:
            return None
        elif self.rules.is_over:
            source = self.rules.last_day.source
        else:
            source = self.rules.index.source
        return None if source is None or source.pk == self.page.pk else source
