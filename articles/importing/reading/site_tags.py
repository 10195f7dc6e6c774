"""Tags of site builders in a file: read where they say what they mean, else left out.

Hugo's ``{{< figure >}}``, Liquid's ``{% link %}``, WordPress's ``[caption]``, and the
attributes ``{#name .class}`` of several kinds of Markdown. No line is added or taken:
the numbers of lines stay those of the file.
"""

import re
from collections import Counter
from collections.abc import Callable
from html import escape

from django.utils.translation import gettext as _

from articles.importing.reading import callouts, remarks
from articles.importing.reading.markdown import MOST_LINES

Note = Callable[[int, str, str], None]

_VALUE = r"(?:\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|[^\s\[\]\"'>}]{1,300})"
_ATTRIBUTES = re.compile(rf"([\w-]+)\s*=\s*({_VALUE})")
# What is written into square brackets by WordPress and nobody else.
_SHORTCODES = (
    "caption|wp_caption|gallery|playlist|audio|video|embed|toc|contact-form(?:-7)?"
    "|button|columns?|row|su_\\w+|vc_\\w+|et_pb_\\w+|fusion_\\w+|elementor-\\w+"
)
_TAG = re.compile(
    r"\{\{[<%](?P<hugo>[^\n{}]{0,500}?)[%>]\}\}"
    r"|\{%-?(?P<liquid>[^\n{}]{0,500}?)-?%\}"
    r"|\{\{(?P<variable>[^\n{}]{0,300})\}\}"
    r"|<%(?P<erb>[^\n<>]{0,300})%>"
    r"|\[(?P<wp>/?[a-z][\w-]{0,40}(?:[ \t][^\[\]\n]{0,500})?)\](?![(:])"
)
_ENDS = re.compile(r"(?:\{\{[<%][ \t]?/[ \t]?|\{%-?[ \t]?(?:end_?|/))([\w-]{1,40})")
_CLOSED = re.compile(r"\[/([a-z][\w-]{0,40})\]")
_SHORTCODE = re.compile(rf"/?(?:{_SHORTCODES})(?![\w-])")
_QUOTED = re.compile(r"\s[\w-]{1,40}=[\"'][^\"'\n]*[\"']")
_WIKI_PICTURE = re.compile(r"!\[\[([^\[\]|\n]{1,200})(?:\|([^\[\]\n]{0,200}))?\]\]")
_WIKI_LINK = re.compile(r"\[\[([^\[\]|\n]{1,200})(?:\|([^\[\]\n]{0,200}))?\]\]")
_MDX = re.compile(
    r"^(?:import\s[^\n]{1,200}\sfrom\s|import\s['\"]|export\s+(?:const|default)\b)"
)

_PICTURES = frozenset({"figure", "img", "image", "imgproc", "include_image", "picture"})
_SOURCES = ("src", "image", "image_path", "file")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|avif)$", re.IGNORECASE)
_LINKS = frozenset({"ref", "relref", "link", "post_url", "url"})
_CALLOUTS = frozenset(
    {"notice", "callout", "alert", "admonition", "hint", "note", "warning", "tip"}
    | {"info", "danger", "caution", "important", "message", "aside"}
)
_ONE = r"(?:[.#][\w:-]+|[\w:-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s{}\"']+))"
_LIST = rf"\{{:?[ \t]*(?P<said>{_ONE}(?:[ \t]+{_ONE}){{0,20}})[ \t]*\}}"
_ATTRIBUTE_LIST = re.compile(rf"[ \t]?{_LIST}")
_HEADING = re.compile(
    rf"^(?P<marks>[ ]{{0,3}}#{{1,6}}[ \t]+)(?P<words>.*?)[ \t]*{_LIST}[ \t#]*$"
)
_SPAN = re.compile(rf"\[(?P<words>[^\[\]\n]{{1,300}})\]{_LIST}")
_TOC = re.compile(
    r"^\s*(?:\[TOC\]|\[\[_?TOC_?\]\]|\{:toc\}|<!--\s*toc\s*-->)\s*$", re.IGNORECASE
)
# Lines of code, and of what other readers ask for attributes.
_NO_LISTS = ("    ", "\t", ":::")
_LONGEST = 5_000  # characters of a line with attributes
_OVER_LINES = re.compile(
    r"\{\{[<%][^{}]{0,500}\n[^{}]{0,500}?[%>]\}\}|\{%[^{}]{0,500}\n[^{}]{0,500}?%\}"
)
_HTML_BLOCK = re.compile(
    r" {0,3}<(?:figure|figcaption|div|section|aside|center|details|table|p|article)\b",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(
    r"(!?)\[([^\[\]\n]{0,300})\]\([ \t]?<?([^\s()<>\"']{1,1000})>?"
    r"(?:[ \t]{1,9}[\"']([^\"'\n]{0,300})[\"'])?[ \t]?\)"
)
_BOLD = re.compile(r"\*\*([^*\n]{1,300})\*\*")
_MAY_HAVE = re.compile(r"[{\[]|<%|%%|==")
_HEADING_MARKS = re.compile(r"#{1,6}[ \t]+")
_NAME = re.compile(r"#([\w:-]+)")


def read(text: str, note: Note, *, is_html: bool, first_line: int) -> str:
    """Return the text of a file without the tags of a site builder.

    Args:
        text: The file without its front matter.
        note: Told of (line, tag, sentence) of what is left out.
        is_html: Whether it is HTML, and not Markdown.
        first_line: The number of its first line in the file.
    """
    if not re.search(r"[{\[]|<%|%%|==|^import |^export ", text, re.MULTILINE):
        return text
    if not is_html and text.count("\n") > MOST_LINES:
        return text  # which is refused
    tags, in_html, in_script = _Tags(note, is_html), False, False
    tags.closed = frozenset(_CLOSED.findall(text))
    tags.ends = Counter(name.casefold() for name in _ENDS.findall(text))
    lines = _OVER_LINES.sub(_on_one_line, text).split("\n")
    for number, line in enumerate(lines):
        tags.line = first_line + number
        in_html = not is_html and bool(line.strip()) and (in_html or _is_html(line))
        was_script, in_script = in_script, _ends_in_script(line, in_script)
        if was_script and in_script:
            continue
        if _MAY_HAVE.search(line) or _MDX.match(line):
            line = tags.replace(line)
            lines[number] = _as_html(line) if in_html else line
            if number and tags.name_above:
                lines[number - 1] = _named(lines[number - 1], tags.name_above)
    return "\n".join(lines)


def _ends_in_script(line: str, begun: bool) -> bool:
    begins, ends = (line.casefold().rfind(tag) for tag in ("<script", "</script"))
    return begins > ends or (begun and ends < 0)


def _named(line: str, name: str) -> str:
    """Return a heading with the name that the line below gives it."""
    marks = _HEADING_MARKS.match(line)
    return f'{marks[0]}<a id="{name}"></a>{line[marks.end() :]}' if marks else line


def _is_html(line: str) -> bool:
    """Return whether a block of HTML begins, to the next blank line, in Markdown."""
    return bool(_HTML_BLOCK.match(line))


def _as_html(line: str) -> str:
    """Return a line within a block of HTML with its pictures and links as HTML."""

    def written(match: re.Match[str]) -> str:
        words, address = escape(match[2]), escape(match[3])
        if not match[1]:
            return f'<a href="{address}">{words}</a>'
        title = escape(match[4] or "")
        return f'<img src="{address}" alt="{words}" title="{title}">'

    return _BOLD.sub(r"<b>\1</b>", _MARKDOWN.sub(written, line))


def _on_one_line(match: re.Match[str]) -> str:
    return match[0].replace("\n", " ") + "\n" * match[0].count("\n")


class _Tags:
    """Replaces the tags of one line after the other."""

    def __init__(self, note: Note, is_html: bool) -> None:
        self.note, self.is_html, self.line = note, is_html, 1
        # That of the heading in the line above, where a line says nothing else.
        self.name_above = ""
        # The shortcodes that the file closes, and so must have opened.
        self.closed: frozenset[str] = frozenset()
        # How many ends of each callout are still to come.
        self.ends: Counter[str] = Counter()
        self.opened: Counter[str] = Counter()

    def replace(self, line: str) -> str:
        self.name_above = ""
        if not self.is_html and len(line) < _LONGEST:
            line = remarks.left_out(line, self.line, self.note)
        line = _TAG.sub(self._tag, line)
        if self.is_html:
            return line
        if _MDX.match(line) or _TOC.match(line):
            return self._left_out(line.strip())
        line = _WIKI_PICTURE.sub(
            lambda found: _markdown(found[1], found[2] or ""), line
        )
        line = _WIKI_LINK.sub(self._wiki_link, line)
        if "{" in line and len(line) < _LONGEST and not line.startswith(_NO_LISTS):
            alone = _ATTRIBUTE_LIST.fullmatch(line.strip())
            name = _NAME.search(alone["said"]) if alone else None
            self.name_above = name[1] if name else ""
            line = _HEADING.sub(_with_name, line)
            line = _SPAN.sub(lambda found: found["words"], line)
            line = _ATTRIBUTE_LIST.sub(_without_list, line)
        return line

    def _tag(self, match: re.Match[str]) -> str:
        said = next(part for part in match.groups() if part is not None).strip()
        name, _space, rest = said.partition(" ")
        name = name.strip("/").casefold()
        said_of = {
            key: re.sub(r"\\(.)", r"\1", value[1:-1] if value[0] in "\"'" else value)
            for key, value in _ATTRIBUTES.findall(rest)
        }
        if match["variable"] is not None:
            return self._variable(match)
        if match["wp"] is not None and not self._is_shortcode(name, said):
            return match[0]
        if said.startswith("/") or name.startswith("end"):
            return self._closing(match, name.removeprefix("end"))
        stated = next(filter(None, map(said_of.get, _SOURCES)), "")
        src = stated or (_first(rest) if name in _PICTURES else "")
        if src and (name in _PICTURES or _PICTURE.search(src)):
            return self._picture(src, said_of)
        if name in _LINKS and _first(rest):
            return _first(rest)
        is_block = name in _CALLOUTS and not match["wp"] and _is_alone(match)
        if is_block and self.ends[name] > 0:
            self.ends[name] -= 1
            self.opened[name] += 1
            return self._callout(name, rest, said_of)
        if match["wp"] is not None and name in ("caption", "wp_caption"):
            return self._left_out(match[0], said_of.get("caption", ""))
        return self._left_out(match[0])

    def _is_shortcode(self, name: str, said: str) -> bool:
        """Return whether words in square brackets are a tag: “[group n=20]” is none."""
        known = _SHORTCODE.match(said) or _QUOTED.search(said)
        return bool(known) or name in self.closed

    def _left_out(self, tag: str, kept: str = "") -> str:
        sentence = _(
            "A tag of a site builder is left out. Put in by hand what it stood for."
        )
        self.note(self.line, tag, sentence)
        return kept

    def _variable(self, match: re.Match[str]) -> str:
        """Return an address that a filter makes absolute, and else nothing."""
        address = re.match(r"\s*['\"]([^'\"]+)['\"]\s*\|\s*\w+_url", match["variable"])
        if address:
            return address[1]
        before = match.string[max(match.start() - 20, 0) : match.start()]
        is_base = re.search(r"base_?url|site\.url|pathto|static", match["variable"])
        if is_base and re.search(r"(?:\]\(|href=[\"']|src=[\"'])\s?<?$", before):
            return ""
        return self._left_out(match[0])

    def _closing(self, match: re.Match[str], name: str) -> str:
        """Return the end of a callout; of others, the beginning was named."""
        if self.opened[name] > 0 and match["wp"] is None and _is_alone(match):
            self.opened[name] -= 1
            return "</aside>" if self.is_html else ":::"
        return ""

    def _callout(self, name: str, rest: str, said: dict[str, str]) -> str:
        first, title = _first(rest), said.get("title", "")
        stated = (said.get("type"), said.get("kind"), first, name, "note")
        kinds = (word.casefold() for word in stated if word)
        kind = next(word for word in kinds if word in callouts.KINDS)
        if first and first.casefold() != kind:
            title = title or first
        if self.is_html:
            return f'<aside class="admonition {kind}"><b>{escape(title)}</b>'
        return f"::: {kind} {title}".rstrip()

    def _picture(self, src: str, stated: dict[str, str]) -> str:
        caption = stated.get("caption") or stated.get("title") or ""
        alt = stated.get("alt", "")
        if self.is_html:
            said = {"src": src, "alt": alt, "title": caption}
            written = (f'{name}="{escape(value)}"' for name, value in said.items())
            return f"<img {' '.join(written)}>"
        return _markdown(src, alt, caption)

    def _wiki_link(self, match: re.Match[str]) -> str:
        if match[1].casefold().strip("_") == "toc":
            return self._left_out(match[0])
        self.note(self.line, match[0], _("A link to another note has become words."))
        return match[2] or match[1]


def _is_alone(match: re.Match[str]) -> bool:
    """Return whether a tag has its line to itself."""
    return not match.string.replace(match[0], "").strip()


def _first(said: str) -> str:
    """Return the first argument that has no name."""
    bare = _ATTRIBUTES.sub("", said).strip()
    found = re.match(r"\"([^\"]*)\"|'([^']*)'|([^\s/]\S*)", bare)
    return next((part for part in found.groups() if part), "") if found else ""


def _markdown(src: str, alt: str, title: str = "") -> str:
    words = re.sub(r"([\[\]\\*_`])", r"\\\1", alt)
    caption = ' "{}"'.format(re.sub(r'(["\\])', r"\\\1", title)) if title else ""
    return f"![{words}](<{re.sub('[<>]', '', src)}>{caption})"


def _without_list(match: re.Match[str]) -> str:
    """Return nothing for attributes; “{n=20}” in a sentence is none."""
    before = match.string[max(match.start() - 1, 0) : match.start()]
    states = match["said"].startswith((".", "#")) or " ." in match["said"]
    is_list = states or match[0].lstrip().startswith("{:") or before in (")", "]", "")
    return "" if is_list else match[0]


def _with_name(match: re.Match[str]) -> str:
    if not re.search(r"(?:^|\s)[.#]", match["said"]):
        return match[0]
    name = _NAME.search(match["said"])
    anchor = f'<a id="{name[1]}"></a>' if name else ""
    return f"{match['marks']}{anchor}{match['words']}"
