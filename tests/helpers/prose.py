"""Short texts as unsaved articles, for the rules that judge wording."""

from pathlib import Path

from articles.models.article_page import ArticlePage

_PROSE = Path(__file__).parents[1] / "data" / "prose"


def clean_passages():
    """Return (title, body) of the texts in which nothing is to be found."""
    parts = (_PROSE / "clean.txt").read_text().split("# ")
    whole, passages = "", []
    for part in parts:
        # “##” begins a heading within a passage.
        whole += part
        if not part.endswith("#"):
            passages.append(whole)
            whole = ""
        else:
            whole += "# "
    titled = (each.strip().partition("\n") for each in passages if each.strip())
    return [(title, list(_blocks(title, text))) for title, _, text in titled]


def must_be_found():
    """Return (code, sentence) of what the rules must find."""
    lines = (_PROSE / "findings.txt").read_text().splitlines()
    return [tuple(line.split("\t")) for line in lines]


def unsaved(title, blocks):
    """Return an article that is stored nowhere."""
    return ArticlePage(title=title, standfirst="What it says, briefly.", body=blocks)


def _blocks(title, text):
    # As a heading too, since most of an article's text stands beneath one.
    yield "heading", {"text": title, "level": "2"}
    for line in text.splitlines():
        if line.startswith("## "):
            yield "heading", {"text": line[3:], "level": "3"}
        elif line.strip():
            yield "paragraph", f"<p>{line}</p>"
