"""Texts of ours that the sources do not mark for translation.

Read from the sources, so that a text is found on every branch, whether or not a test
reaches it. What is found by rendering is in `tests.helpers.pseudo_locale`.
"""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from tests.helpers.marked_strings import MARKERS

# Where readers meet an attribute's text: seen, or read aloud.
READ_ATTRIBUTES = {"alt", "title", "aria-label", "placeholder", "label", "summary"}
# Names that are the same in every language.
_NAMES = re.compile(r"\b(BibTeX|ORCID|DOI|PMID|CSV|XLSX|JSON|X-Robots-Tag)\b")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_BLOCKTRANSLATE = re.compile(
    r"{% blocktrans(?:late)?\b.*?{% endblocktrans(?:late)? %}", re.DOTALL
)
_COMMENT = re.compile(r"{% comment %}.*?{% endcomment %}|{#.*?#}", re.DOTALL)
# Wagtail's block for the classes of <body>.
_CLASSES = re.compile(r"{% block bodyclass %}.*?{% endblock.*?%}", re.DOTALL)
_TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
# A text given to a tag or filter: `label="Send"`, `default:"None"`, `pluralize`.
_GIVEN = re.compile(
    r"""(?:\b(?:label|title|heading|text|alt)=|\|(?:default|yesno)\w*:)"([^"]*[A-Z][^"]*)\""""
    r"""|(\|pluralize\b)"""
)


def in_template(path: Path) -> Iterator[str]:
    """Yield what a template prints without marking it."""
    source = path.read_text()
    for silent in (_COMMENT, _BLOCKTRANSLATE, _CLASSES):
        source = silent.sub("", source)
    for tag in _TAG.findall(source):
        for match in _GIVEN.finditer(tag):
            yield match[1] or match[2]
    source = _TAG.sub("", source)
    texts = _Texts()
    if path.suffix == ".html":
        texts.feed(source)
        texts.close()
    else:
        texts.found = [source]
    for text in texts.found:
        if _LETTERS.search(_NAMES.sub("", text)):
            yield " ".join(text.split())


class _Texts(HTMLParser):
    """Collects the texts that readers meet."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in {"script", "style"}
        attributes = dict(attrs)
        button = tag == "input" and attributes.get("type") in {"submit", "button"}
        for name, value in attributes.items():
            if value and (name in READ_ATTRIBUTES or (button and name == "value")):
                self.found.append(value)

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)


# Arguments and class attributes that somebody reads.
READ_ARGUMENTS = {
    "description",
    "export_headings",
    "heading",
    "help_text",
    "label",
    "menu_label",
    "message",
    "page_subtitle",
    "page_title",
    "sentence",
    "title",
    "verbose_name",
    "verbose_name_plural",
}
# Content is the editors', and so is what a field begins with; names of permissions are
# stored when migrations run.
NOT_OURS = {"_SAMPLE", "default", "permissions", "preview_value"}
# Calls whose texts developers and operators read.
_FOR_DEVELOPERS = re.compile(
    r"(Error|Exception|NotSent|Warning|Work|Http404|compile|debug|info|warning|exception"
    r"|log|filter|exclude|strftime|import_module)$"
)
_SHOWN_ERRORS = {"ValidationError", "StructBlockValidationError"}
_SENTENCE = re.compile(
    r"^\W*[A-Z].*[^\W\d_].* .*[^\W\d_]|[a-z] [a-z].*[.!?:]\s*$", re.DOTALL
)
# A part of a regular expression.
_PATTERN = re.compile(r"\(\?[:!<=]")
_SQL = re.compile(r"(INSERT|PRAGMA|SELECT|SET|UPDATE)\b")
_MARKUP = re.compile(r"<[^>]*(>|$)")
_PART = re.compile(r"^\W*[A-Z][a-z]+\b|[a-z] [a-z]")


def in_python(path: Path) -> list[tuple[int, str]]:
    """Return line and text of what looks as if somebody reads it, and is not marked."""
    constants = _Constants()
    constants.visit(ast.parse(path.read_text()))
    return constants.found


class _Constants(ast.NodeVisitor):
    """Collects texts, but for docstrings and what other people read."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []
        self._read = False  # Whether somebody reads what stands here, sentence or not.

    def _visit(self, *nodes: ast.AST | None, read: bool = False) -> None:
        before, self._read = self._read, read
        for node in nodes:
            if node is not None:
                self.visit(node)
        self._read = before

    def visit_Constant(self, node: ast.Constant) -> None:
        text = node.value if isinstance(node.value, str) else ""
        is_said = _SENTENCE.search(text) and not (
            _SQL.match(text) or _PATTERN.search(text)
        )
        if _LETTERS.search(text) and (self._read or is_said):
            self.found.append((node.lineno, text))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        for part in node.values:
            text = str(part.value) if isinstance(part, ast.Constant) else ""
            text = _MARKUP.sub("", text)
            is_said = _PART.search(text) and not _PATTERN.search(text)
            if _LETTERS.search(text) and (self._read or is_said):
                self.found.append((part.lineno, text))

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        if node.name != "get_preview_value":
            self._visit(*node.decorator_list, *node.args.defaults, *node.body)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        choices = any(getattr(base, "attr", "") == "TextChoices" for base in node.bases)
        for statement in node.body:
            value = getattr(statement, "value", None)
            if choices and isinstance(value, ast.Tuple):
                self._visit(value.elts[1], read=True)
            else:
                self._visit(statement)

    def visit_Assign(self, node: ast.Assign) -> None:
        names = {getattr(target, "id", "") for target in node.targets}
        if not names & NOT_OURS:
            self._visit(node.value, read=bool(names & READ_ARGUMENTS))

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        name = getattr(node.target, "id", "")
        self._visit(node.value, read=name in READ_ARGUMENTS)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self._visit(node.value)

    def visit_Dict(self, node: ast.Dict) -> None:
        self._visit(*node.values, read=self._read)

    def visit_Call(self, node: ast.Call) -> None:
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name.removesuffix("_lazy") in MARKERS or _is_for_developers(node, name):
            return
        self._visit(node.func)
        is_field = name.endswith("Field") and "models" in ast.dump(node.func)
        self._visit(*node.args[:1], read=is_field)
        self._visit(*node.args[1:])
        for keyword in node.keywords:
            if keyword.arg not in NOT_OURS:
                self._visit(keyword.value, read=keyword.arg in READ_ARGUMENTS)


def _is_for_developers(call: ast.Call, name: str) -> bool:
    exception = "super" in ast.dump(call.func) and name == "__init__"
    return exception or bool(_FOR_DEVELOPERS.search(name) and name not in _SHOWN_ERRORS)
