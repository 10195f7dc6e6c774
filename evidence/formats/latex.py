"""LaTeX to text and back."""

import re
from functools import cache, lru_cache
from typing import Any

from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

# What text-mode macros stand for that pylatexenc does not know, or takes for accents.
_MACROS = {
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciicircum": "^",
    "textasciitilde": "~",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textquotesingle": "'",
    "textquotedbl": '"',
    "textasciigrave": "`",
    "textunderscore": "_",
    "textdollar": "$",
    "textasteriskcentered": "*",
    "textmu": "µ",
    "textdegree": "°",
    "textpm": "±",
    "texttimes": "\N{MULTIPLICATION SIGN}",
    "textonehalf": "½",
    "textpertenthousand": "‱",
    "textperthousand": "‰",
    # Of a whole document, not of a line of text.
    **dict.fromkeys(("title", "author", "date", "maketitle", "today"), ""),
    **dict.fromkeys(("input", "include"), ""),
}
_GREEK = (
    *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota"),
    *("kappa", "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "varsigma", "sigma"),
    *("tau", "upsilon", "phi", "chi", "psi", "omega"),
)
# Braces nested deeper than this are no text anybody has written.
_DEEPEST = 40
_LONGEST = 5_000  # characters; no field of a record holds as many
# Outside macros: a dash, quotation marks, a space that does not break.
_LIGATURES = (
    ("---", "\N{EM DASH}"),
    ("--", "\N{EN DASH}"),
    ("``", "\N{LEFT DOUBLE QUOTATION MARK}"),
    ("''", "\N{RIGHT DOUBLE QUOTATION MARK}"),
    ("~", " "),
)
# Files hold these bare; LaTeX would begin a comment, end a cell, ask for math.
_BARE = re.compile(r"(?<!\\)([%&#_^])")
_WRAPPING = re.compile(r"\\([A-Za-z]+)(?=\{[^}])")
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "$&%#_"},
}
_RUNS = re.compile(r"([-`'?!<>,])(?=[-`'<>,])")


@cache
def _context() -> Any:
    """Return what each macro prints."""
    known = get_default_latex_context_db()
    macros = [MacroTextSpec(name, value) for name, value in _MACROS.items()]
    for place, name in enumerate(_GREEK):
        macros.append(MacroTextSpec(f"text{name}", chr(0x3B1 + place)))
    known.add_context_category("text", prepend=True, macros=macros)
    known.set_unknown_macro_spec(MacroTextSpec("", _as_written))
    return known


def _as_written(node: Any, **kwargs: Any) -> str:
    """Return an unknown macro as it stands: dropped, it might turn the sense round."""
    return str(node.latex_verbatim())


@lru_cache(maxsize=4096)
def to_text(latex: str) -> str:
    """Return what LaTeX prints; what cannot be read comes back without its braces."""
    if "\\" not in latex and "$" not in latex:
        return _without_macros(latex)
    if len(latex) > _LONGEST or _depth(latex) > _DEEPEST:
        return re.sub(r"[{}]", "", latex)
    latex = _WRAPPING.sub(_without_unknown, latex)
    in_math = "$" in re.sub(r"\\\$", "", latex)
    escaped = re.sub(r"(?<!\\)([%&#])", r"\\\1", latex) if in_math else ""
    latex = escaped or _BARE.sub(_escape_bare, latex)
    # A converter keeps state while it works, so each text has its own.
    converter = LatexNodes2Text(math_mode="text", latex_context=_context())
    try:
        return str(converter.latex_to_text(latex))
    except Exception:  # noqa: BLE001  what it was not made for may fail anywhere in it
        return re.sub(r"[{}]", "", latex)


def _without_unknown(match: re.Match[str]) -> str:
    """Drop an unknown macro that has text: the text is what it is about."""
    known = _context().get_macro_spec(match[1])
    return match[0] if known.macroname else ""


def _escape_bare(match: re.Match[str]) -> str:
    return _ESCAPES[match[1]]


def _without_macros(latex: str) -> str:
    for written, printed in _LIGATURES:
        if written in latex:
            latex = latex.replace(written, printed)
    return latex.replace("{", "").replace("}", "")


def _depth(latex: str) -> int:
    depth = deepest = 0
    for char in latex:
        depth += (char == "{") - (char == "}")
        deepest = max(deepest, depth)
    return deepest


def unescaped(latex: str) -> str:
    r"""Return an address or number, whose only LaTeX is escapes such as ``\_``."""
    bare = re.sub(r"\\([$&%#_~{}])", r"\1", latex.replace(r"{\_}", "_"))
    bare = bare.replace(r"\textasciitilde{}", "~").replace(r"\textbackslash{}", "\\")
    return re.sub(r"^\\url", "", bare).strip("{} ")


def from_text(text: str) -> str:
    """Return LaTeX that prints ``text`` as it is."""
    escaped = re.sub(r"[\\{}~^$&%#_]", lambda found: _ESCAPES[found[0]], text)
    return _RUNS.sub(r"\1{}", escaped)
