"""What is wrong with the head of a rendered page, and with the graph in it.

Everything is looked at, whatever else is wrong. Sentences are for staff.
"""

import json
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from seo.graph import words
from seo.graph.checking import mistakes, types_of
from seo.graph.rich_results import required_of
from seo.graph.vocabulary import Node, without_controls

# What earns nothing, or says of the organisation what only others may say.
_UNWANTED = frozenset(
    {"AggregateRating", "FAQPage", "HowTo", "Rating", "Review", "SearchAction"}
)
# What is said once: others, such as colours for themes, may be said for each case.
_ONCE = ("description", "robots", "og:", "twitter:")
_MAY_REPEAT = ("og:image", "og:locale:")
# Nodes whose address is the site's own.
_OWN = frozenset({"WebPage", "WebSite", "BreadcrumbList", "Article"})


class _Head(HTMLParser):
    """Title, metadata, canonical addresses and JSON-LD of a page, as they stand."""

    def __init__(self) -> None:
        super().__init__()
        self.titles: list[str] = []
        self.metadata: list[tuple[str, str]] = []
        self.canonicals: list[str] = []
        self.graphs: list[str] = []
        self._into: list[str] | None = None
        self._drawing = 0  # inside how many svg elements: these have titles, too

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "svg":
            self._drawing += 1
        elif tag == "title" and not self._drawing:
            self.titles.append("")
            self._into = self.titles
        elif tag == "script" and known.get("type") == "application/ld+json":
            self.graphs.append("")
            self._into = self.graphs
        elif tag == "link" and "canonical" in known.get("rel", "").split():
            self.canonicals.append(known.get("href", ""))
        elif tag == "meta" and (name := known.get("name") or known.get("property")):
            self.metadata.append((name, known.get("content", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "svg":
            self._drawing = max(0, self._drawing - 1)
        elif tag in ("title", "script"):
            self._into = None

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into[-1] += data


def lint(html: str, root_url: str) -> list[str]:
    """Return a sentence for each thing that is wrong, each once.

    Args:
        html: A rendered page, or its head.
        root_url: The site's address, without a slash at the end.
    """
    head = _Head()
    head.feed(html)
    head.close()
    found = [*_of_tags(head), *_of_addresses(head), *_of_scripts(head, root_url)]
    return list(dict.fromkeys(found))


def _of_tags(head: _Head) -> Iterator[str]:
    if len(head.titles) != 1:
        yield _("The page has {count} titles instead of one.").format(
            count=len(head.titles)
        )
    if not all(title.strip() for title in head.titles):
        yield _("The title is empty.")
    counted = Counter(name for name, _content in head.metadata)
    for name, count in counted.items():
        once = name.startswith(_ONCE) and not name.startswith(_MAY_REPEAT)
        if once and count > 1:
            yield _("“{name}” is there {count} times.").format(name=name, count=count)
    for name, content in head.metadata:
        if not content.strip():
            yield _("“{name}” is empty.").format(name=name)
    texts = [*head.titles, *(content for _name, content in head.metadata)]
    if any(text != without_controls(text) for text in texts):
        yield _("There is a control character in the title or description.")


def _of_addresses(head: _Head) -> Iterator[str]:
    metadata = dict(head.metadata)
    hidden = "noindex" in metadata.get("robots", "")
    if len(head.canonicals) > 1 or not (head.canonicals or hidden):
        yield _("The page has {count} canonical addresses instead of one.").format(
            count=len(head.canonicals)
        )
    shared = {"og:title", "og:site_name"} if "og:type" in metadata else set()
    for name in sorted(shared - set(metadata)):
        yield _("“{name}” is missing.").format(name=name)
    addresses = [*head.canonicals]
    addresses += [metadata[name] for name in ("og:url", "og:image") if name in metadata]
    for address in addresses:
        if not _is_absolute(address):
            yield _("“{address}” is no absolute address.").format(address=address)
    if head.canonicals and metadata.get("og:url", head.canonicals[0]) not in (
        head.canonicals[0],
    ):
        yield _("“og:url” is another address than the canonical one.")


def _is_absolute(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _refuse(name: str) -> None:
    raise ValueError(name)


def _of_scripts(head: _Head, root_url: str) -> Iterator[str]:
    if len(head.graphs) > 1:
        yield _("The page has {count} graphs instead of one.").format(
            count=len(head.graphs)
        )
    for text in head.graphs:
        try:
            data = json.loads(text, parse_constant=_refuse)
        except (ValueError, RecursionError):
            yield _("The graph is no JSON: search engines read nothing of it.")
            continue
        nodes = data.get("@graph") if isinstance(data, dict) else None
        if not isinstance(nodes, list) or data.get("@context") != "https://schema.org":
            yield _("The graph is no list of nodes of schema.org.")
            continue
        yield from of_graph(nodes, root_url)


def of_graph(nodes: list[Any], root_url: str) -> Iterator[str]:
    """Yield a sentence for each thing that is wrong with the nodes of a graph."""
    ids = [str(node.get("@id") or "") for node in nodes if isinstance(node, dict)]
    for name, count in Counter(ids).items():
        if not name:
            yield _("A node of the graph has no “@id”.")
        elif count > 1:
            yield _("“{name}” is described {count} times.").format(
                name=name, count=count
            )
    defined = set(_defined(nodes))
    ours = {each.partition("#")[0] for each in ids if each}
    for node in nodes:
        if not isinstance(node, dict):
            yield _("The graph is no list of nodes of schema.org.")
            continue
        label = ", ".join(types_of(node))
        yield from (f"{label}: {sentence}" for sentence in _of_node(node, root_url))
        for name in _referred(node):
            if name not in defined and name.partition("#")[0] in ours:
                yield _("{label}: “{name}” is described nowhere.").format(
                    label=label, name=name
                )


def _of_node(node: Node, root_url: str) -> Iterator[str]:
    yield from mistakes(node)
    kinds: frozenset[str] = frozenset().union(*map(words.kinds, types_of(node)))
    for kind, required in required_of(kinds).items():
        for name in required:
            if not node.get(name):
                yield _("“{name}” is missing, which Google needs of {kind}.").format(
                    name=name, kind=kind
                )
    if kinds & _OWN:
        for name in ("@id", "url"):
            value = node.get(name, root_url)
            if not f"{value}/".startswith(f"{root_url}/"):
                yield _("“{name}” is not on this site: {value}.").format(
                    name=name, value=value
                )
    if (
        str(node.get("dateModified", "~"))[:10]
        < str(node.get("datePublished", ""))[:10]
    ):
        yield _("It was changed before it was published.")
    for kind in sorted(_UNWANTED & set(_all_types(node))):
        yield _("“{kind}” is there, which earns nothing or misleads.").format(kind=kind)


def _within(value: Any) -> Iterator[Node]:
    """Yield each object in a value, outermost first."""
    if isinstance(value, dict):
        yield value
    children = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict | list):
        for child in children:
            yield from _within(child)


def _defined(nodes: list[Any]) -> Iterator[str]:
    """Yield the ids of what is described, and not only referred to."""
    for each in _within(nodes):
        if "@id" in each and set(each) != {"@id"}:
            yield str(each["@id"])


def _referred(node: Node) -> Iterator[str]:
    for each in _within(node):
        if set(each) == {"@id"}:
            yield str(each["@id"])


def _all_types(node: Node) -> Iterator[str]:
    for each in _within(node):
        yield from types_of(each)
