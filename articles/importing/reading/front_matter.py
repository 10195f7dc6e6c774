"""Front matter: YAML between ``---`` at the beginning of a file, or TOML or JSON."""

import re
from typing import Any, NamedTuple

import yaml
from django.utils.translation import gettext as _

from articles.importing.reading import other_front_matter
from articles.importing.reading.sources import Refused
from evidence.formats.text import UNFIT

LARGEST = 64 * 1024  # characters
_FENCED = re.compile(
    r"\A\ufeff?\s*?---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
_UNENDED = re.compile(r"\A\s*---[ \t]*\n[A-Za-z_-]+[ \t]*:(?:[ \t]|\n)")


class FrontMatter(NamedTuple):
    """The front matter of one file.

    Attributes:
        values: By key (small letters, ``_`` between words) text, lists or mappings.
        lines: By key, the line it stands in.
        rest: The file without it.
        length: How many lines were taken away.
    """

    values: dict[str, Any]
    lines: dict[str, int]
    rest: str
    length: int


class _Loader(yaml.BaseLoader):
    """YAML in which everything is text, and nothing stands for something else.

    So a title of digits stays a title, no tag makes an object, and a few lines cannot
    unfold into millions. What no database holds, such as NUL, is left out.
    """

    def construct_scalar(self, node: Any) -> str:
        return UNFIT.sub("", str(super().construct_scalar(node)))

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise Refused(
                _(
                    "Line {line}: references (*) within front matter are not read. "
                    "Write the value out."
                ).format(line=mark.line + 2)
            )
        return super().compose_node(parent, index)


def split(text: str) -> FrontMatter:
    """Divide a file into its front matter and the rest.

    Raises:
        Refused: It has front matter that cannot be read.
    """
    if other := other_front_matter.read(text):
        lines = {normal(key): line for key, line in other.lines.items()}
        values = {normal(key): value for key, value in other.values.items()}
        return FrontMatter(values, lines, other.rest, other.length)
    match = _FENCED.match(text)
    if not match:
        if _UNENDED.match(text):
            raise Refused(
                _("Its front matter has no end. Write --- into a line behind it.")
            )
        return FrontMatter({}, {}, text, 0)
    if len(match[1]) > LARGEST:
        raise Refused(_("Its front matter is larger than an article's may be (64 KB)."))
    length = match[0].count("\n")
    loader = _Loader(match[1])
    try:
        node = loader.get_single_node()
        found = loader.construct_document(node) if node else {}
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise Refused(
            _(
                "Line {line}: the front matter is not YAML ({problem}). Quotation "
                "marks around a value that holds a colon often help."
            ).format(line=line, problem=error.problem)
        ) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(_("The front matter is not YAML that can be read.")) from None
    finally:
        loader.dispose()
    if isinstance(found, str) and not found.strip():
        found = {}
    if not isinstance(found, dict):
        raise Refused(
            _(
                "The front matter is not a list of keys and values. Write lines such "
                "as “title: Walking again”."
            )
        )
    lines = {
        normal(key.value): key.start_mark.line + 2
        for key, _ in (node.value if node and found else [])
        if isinstance(key, yaml.ScalarNode)
    }
    values = {normal(str(key)): value for key, value in found.items()}
    return FrontMatter(values, lines, text[match.end() :], length)


def normal(key: str) -> str:
    """Return a key in the one spelling that is compared."""
    return re.sub(r"[\s_:.-]+", "_", key.strip().casefold())
