"""Crawlers that name themselves, with what each reads pages for.

From what their operators publish. Whoever is missing falls under the rules for all.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CHECKED_ON = date(2026, 11, 30)

SEARCH, ANSWERS, TRAINING, ASKED = "search", "answers", "training", "asked"
PURPOSES: dict[str, str | Promise] = {
    SEARCH: _("Search engines: without them nobody finds the site by searching"),
    ANSWERS: _("Search of AI assistants: they name the site as a source"),
    TRAINING: _("Training of AI models"),
    ASKED: _("At a person's request: an assistant reads a page that somebody names"),
}


class Agent(NamedTuple):
    """A crawler.

    Args:
        token: Its name in robots.txt.
        operator: Whose it is.
        purpose: A key of `PURPOSES`.
        heeds: Whether its operator says that it heeds robots.txt.
    """

    token: str
    operator: str
    purpose: str
    heeds: bool = True


AGENTS = (
    Agent("Googlebot", "Google", SEARCH),
    Agent("Bingbot", "Microsoft", SEARCH),
    Agent("DuckDuckBot", "DuckDuckGo", SEARCH),
    Agent("Applebot", "Apple", SEARCH),
    Agent("YandexBot", "Yandex", SEARCH),
    Agent("Baiduspider", "Baidu", SEARCH),
    Agent("OAI-SearchBot", "OpenAI", ANSWERS),
    Agent("Claude-SearchBot", "Anthropic", ANSWERS),
    Agent("PerplexityBot", "Perplexity", ANSWERS),
    Agent("DuckAssistBot", "DuckDuckGo", ANSWERS),
    Agent("Amazonbot", "Amazon", ANSWERS),
    Agent("GPTBot", "OpenAI", TRAINING),
    Agent("ClaudeBot", "Anthropic", TRAINING),
    Agent("Google-Extended", "Google", TRAINING),
    Agent("Applebot-Extended", "Apple", TRAINING),
    Agent("Meta-ExternalAgent", "Meta", TRAINING),
    Agent("CCBot", "Common Crawl", TRAINING),
    Agent("Bytespider", "ByteDance", TRAINING, heeds=False),
    Agent("ChatGPT-User", "OpenAI", ASKED),
    Agent("Claude-User", "Anthropic", ASKED),
    Agent("Perplexity-User", "Perplexity", ASKED, heeds=False),
    Agent("MistralAI-User", "Mistral", ASKED),
    Agent("Meta-ExternalFetcher", "Meta", ASKED, heeds=False),
)
TOKENS = frozenset(agent.token for agent in AGENTS)
# Nobody closes the site to these by a slip.
INDISPENSABLE = frozenset({"Googlebot", "Bingbot"})


def choices() -> Iterator[tuple[str | Promise, list[tuple[str, str | Promise]]]]:
    """Yield the crawlers by purpose, as the choices of a form."""
    for purpose, words in PURPOSES.items():
        yield words, [(a.token, label(a)) for a in AGENTS if a.purpose == purpose]


def label(agent: Agent) -> str:
    """Return what an editor reads of a crawler."""
    words = f"{agent.token} ({agent.operator})"
    if agent.heeds:
        return words
    return str(_("{agent}: known not to heed robots.txt")).format(agent=words)
