"""Changes and remarks between editors, which readers of a file never saw."""

import re
from collections.abc import Callable

from django.utils.translation import gettext as _

# CriticMarkup's changes, and the remarks and marked words of Obsidian.
_REMARK = re.compile(
    r"\{--(?P<deleted>[^{}\n]{0,500}?)--\}|\{\+\+(?P<added>[^{}\n]{0,500}?)\+\+\}"
    r"|\{~~(?P<old>[^{}\n]{0,500}?)~>(?P<new>[^{}\n]{0,500}?)~~\}"
    r"|(?:\{>>|(?<![\w%])%%)(?P<remark>[^{}%\n]{1,500}?)(?:<<\}|%%(?![\w%]))"
    r"|\{?(?<!=)==(?P<marked>[^={}\s](?:[^={}\n]{0,300}[^={}\s])?)==(?!=)\}?"
)


def left_out(line: str, number: int, note: Callable[[int, str, str], None]) -> str:
    """Return a line with its changes made and without its remarks.

    Args:
        line: The line.
        number: Its number in the file.
        note: Told of (line, words, sentence) of what is left out.
    """

    def kept(match: re.Match[str]) -> str:
        if match["remark"] is not None:
            note(number, match["remark"], _("A remark in the file; left out."))
            return ""
        struck = match["deleted"] if match["old"] is None else match["old"]
        if struck is not None:
            note(number, struck, _("Struck out in the file; left out."))
        return match["new"] or match["added"] or match["marked"] or ""

    return _REMARK.sub(kept, line)
