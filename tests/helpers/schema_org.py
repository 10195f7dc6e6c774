"""The JSON-LD graph of a rendered page, read as strictly as a parser can."""

import json

from bs4 import BeautifulSoup

from seo.graph.checking import mistakes

__all__ = ["graph_of", "mistakes", "nodes_by_fragment"]


def _refuse(name):
    raise ValueError(f"{name} is no JSON")


def graph_of(response):
    """Return the nodes of the page's one graph."""
    html = BeautifulSoup(response.content, "html.parser")
    (script,) = html.find_all("script", type="application/ld+json")
    data = json.loads(script.text, parse_constant=_refuse)
    assert data["@context"] == "https://schema.org"
    return data["@graph"]


def nodes_by_fragment(response):
    """Return the nodes by the part of their id after the #."""
    return {node["@id"].partition("#")[2]: node for node in graph_of(response)}
