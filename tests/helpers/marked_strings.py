"""What the sources mark for translation, found without GNU gettext."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
# The function's name, without `_lazy`: where its context and its texts stand.
MARKERS = {
    "_": (None, [0]),
    "gettext": (None, [0]),
    "gettext_noop": (None, [0]),
    "ngettext": (None, [0, 1]),
    "pgettext": (0, [1]),
    "npgettext": (0, [1, 2]),
}
CALL = re.compile(r"\b(?:n?p?gettext|_)\(")


class Message(NamedTuple):
    """A text as catalogues know it."""

    text: str
    plural: str = ""
    context: str | None = None

    def is_constant(self) -> bool:
        """Return whether the sources spell it out, so that a catalogue can have it."""
        return isinstance(self.text, str) and isinstance(self.plural, str)


def places() -> list[Path]:
    """The folders whose texts are marked: each has a `locale` folder.

    The demonstration says nothing but content.
    """
    apps = {path.parent for path in ROOT.glob("*/apps.py")}
    return sorted({ROOT / "site", *apps} - {ROOT / "demonstration"})


def marked_in(place: Path, *, library: bool = False) -> set[Message]:
    """Return every text that the sources of a place mark.

    Args:
        place: The folder of an app.
        library: Whether to pass over texts that are put together where they are
            marked: that is for others to mend.

    Raises:
        ValueError: A text is put together where it is marked, so no catalogue has it.
    """
    found = set()
    for path in place.rglob("*"):
        if path.suffix == ".py" and "migrations" not in path.parts:
            calls = _calls_in_python(path.read_text())
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            calls = _calls_in_template(path.read_text())
        else:
            continue
        for call in calls:
            message = _message(call)
            if message and message.is_constant():
                found.add(message)
            elif message and not library:
                raise ValueError(
                    f"{path}:{call.lineno} marks a text that is not a constant"
                )
    return found


def _calls_in_python(source: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield node


def _calls_in_template(source: str) -> Iterator[ast.Call]:
    """Yield the calls that Django writes for `xgettext` in place of tags."""
    text = templatize(source)
    for match in CALL.finditer(text):
        ends = (
            end.end() for end in re.finditer(r"\)", text) if end.end() > match.end()
        )
        for end in ends:
            try:
                call = ast.parse(text[match.start() : end], mode="eval").body
            except SyntaxError:
                continue
            if isinstance(call, ast.Call):
                yield call
            break


def _message(call: ast.Call) -> Message | None:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    marker = MARKERS.get(name.removesuffix("_lazy"))
    if marker is None:
        return None
    where_context, where_texts = marker
    arguments = [getattr(argument, "value", None) for argument in call.args]
    context = None if where_context is None else arguments[where_context]
    return Message(*(arguments[at] for at in where_texts), context=context)
