"""LaTeX to text and back.

pylatexenc is imported where macros are read: whoever only writes does without it.
"""

import re
from functools import cache, lru_cache
from typing import Any

from evidence.formats.text import raised

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
    "slash": "/",
    "pounds": "£",
    "yen": "¥",
    **dict.fromkeys(("euro", "texteuro"), "€"),
    "S": "§",
    "P": "¶",
    "ddag": "‡",
    "degree": "°",
    **dict.fromkeys(("newline", "\\", "newblock"), " "),
    **dict.fromkeys(("/", "-", "xspace"), ""),
    # Of a whole document, not of a line of text.
    **dict.fromkeys(("title", "author", "date", "maketitle", "today"), ""),
    **dict.fromkeys(("input", "include"), ""),
    # How letters look, up to the end of the braces.
    **dict.fromkeys(("it", "em", "sl", "sc", "bf", "rm", "sf", "tt", "cal"), ""),
    **dict.fromkeys(("itshape", "slshape", "scshape", "upshape", "mdseries"), ""),
    **dict.fromkeys(("bfseries", "rmfamily", "sffamily", "ttfamily", "normalfont"), ""),
    **dict.fromkeys(("tiny", "scriptsize", "footnotesize", "small", "normalsize"), ""),
    **dict.fromkeys(("large", "Large", "LARGE", "huge", "Huge", "boldmath"), ""),
    **dict.fromkeys(("relax", "protect", "noindent", "ignorespaces", "unskip"), ""),
}
# What macros with text in braces stand for, and where that text stands.
_WITH_TEXT = {
    "enquote": "\N{LEFT DOUBLE QUOTATION MARK}%s\N{RIGHT DOUBLE QUOTATION MARK}",
    "mkbibquote": "\N{LEFT DOUBLE QUOTATION MARK}%s\N{RIGHT DOUBLE QUOTATION MARK}",
    **dict.fromkeys(
        ("mkbibemph", "mkbibitalic", "mkbibbold", "mkbibsuperscript"), "%s"
    ),
    **dict.fromkeys(("mbox", "hbox", "uppercase", "MakeUppercase", "lowercase"), "%s"),
    **dict.fromkeys(("MakeLowercase", "textsuperscript", "textsubscript"), "%s"),
    **dict.fromkeys(("ce", "num", "url", "nolinkurl", "path"), "%s"),
}
# What text would be lost with, or is left out of a title for no reason we know.
_UNKNOWN = frozenset({"cite", "citep", "citet", "ref", "label", "footnote", "thanks"})
_MACRO = re.compile(r"(?<!\\)(?:\\\\)*\\([A-Za-z]+)")
_LEFT_OVER = re.compile(r"\\[A-Za-z]+")
_MATH = re.compile(r"(?<!\\)\$([^$]{1,300})(?<!\\)\$|\\\(([^$]{1,300}?)\\\)")
_RAISED = re.compile(r"(\S?)\^(?:\{([^{}]*)\}|(\\[A-Za-z]+|[^\\{}\s]))")
_SUPERSCRIPT = re.compile(r"(\S?)\\textsuperscript(?:\s*\{([^{}]*)\}|\s*([^\\{}\s]))")
_LOWERED = re.compile(r"_(?:\{([^{}]*)\}|(\\[A-Za-z]+|[^\\{}\s]))")
_DEGREES = re.compile(r"\^(?:\\circ|\{\s*\\circ\s*\})")
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
    """Return the text of each macro."""
    from pylatexenc.latex2text import MacroTextSpec, get_default_latex_context_db

    known = get_default_latex_context_db()
    macros = [MacroTextSpec(name, value) for name, value in _MACROS.items()]
    for place, name in enumerate(_GREEK):
        macros.append(MacroTextSpec(f"text{name}", chr(0x3B1 + place)))
    macros += [MacroTextSpec(name, value) for name, value in _WITH_TEXT.items()]
    macros += [MacroTextSpec("href", "%(2)s")]
    known.add_context_category("text", prepend=True, macros=macros)
    known.set_unknown_macro_spec(MacroTextSpec("", _as_written))
    return known


@cache
def _grammar() -> Any:
    """Return what each macro takes."""
    from pylatexenc import latexwalker
    from pylatexenc.macrospec import MacroSpec

    known = latexwalker.get_default_latex_context_db()
    macros = [*(MacroSpec(name, "{") for name in _WITH_TEXT), MacroSpec("href", "{{")]
    known.add_context_category("text", prepend=True, macros=macros)
    return known


def _as_written(node: Any, **kwargs: Any) -> str:
    """Return an unknown macro unchanged: dropping it might reverse the meaning."""
    return str(node.latex_verbatim())


@lru_cache(maxsize=4096)
def to_text(latex: str) -> str:
    """Convert LaTeX to text; unreadable LaTeX only loses its braces."""
    if "\\" not in latex and "$" not in latex:
        return _without_macros(latex)
    from pylatexenc.latex2text import LatexNodes2Text

    if len(latex) > _LONGEST or _depth(latex) > _DEEPEST:
        return re.sub(r"[{}]", "", latex)
    latex = _SUPERSCRIPT.sub(_raised, _MATH.sub(_flat_math, latex))
    latex = _WRAPPING.sub(_without_unknown, latex)
    in_math = "$" in re.sub(r"\\\$", "", latex)
    escaped = re.sub(r"(?<!\\)([%&#])", r"\\\1", latex) if in_math else ""
    latex = escaped or _BARE.sub(_escape_bare, latex)
    # A converter keeps state while it works, so each text has its own.
    converter = LatexNodes2Text(math_mode="text", latex_context=_context())
    try:
        return str(converter.latex_to_text(latex, latex_context=_grammar()))
    except Exception:  # noqa: BLE001  what it was not made for may fail anywhere in it
        return re.sub(r"[{}]", "", latex)


def unknown(latex: str) -> list[str]:
    r"""Return the macros of ``latex`` that `to_text` cannot read, such as ``\sout``."""
    known = _context()
    names = {
        name
        for name in _MACRO.findall(latex)
        if name in _UNKNOWN or not known.get_macro_spec(name).macroname
    }
    names.update(found[1:] for found in _LEFT_OVER.findall(to_text(latex)))
    return [f"\\{name}" for name in sorted(names)]


def _flat_math(match: re.Match[str]) -> str:
    """Return mathematics without the marks of raised and lowered characters."""
    inside = _DEGREES.sub("°", match[1] or match[2])
    inside = _LOWERED.sub(lambda found: found[1] or found[2], inside)
    before = match.string[max(match.start() - 1, 0) : match.start()]
    flat = _RAISED.sub(_raised, before + inside)[len(before) :]
    return f"${flat}$" if flat.strip() else ""


def _raised(match: re.Match[str]) -> str:
    said = match[2] if match[2] is not None else match[3]
    return match[1] + raised(match[1], said)


def _without_unknown(match: re.Match[str]) -> str:
    """Replace an unknown macro by its text."""
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
    r"""Unescape an address or number, with LaTeX escapes such as ``\_`` only."""
    bare = re.sub(r"\\([$&%#_~{}])", r"\1", latex.replace(r"{\_}", "_"))
    bare = bare.replace(r"\textasciitilde{}", "~").replace(r"\textbackslash{}", "\\")
    return re.sub(r"^\\url", "", bare).strip("{} ")


def from_text(text: str) -> str:
    """Escape ``text`` as LaTeX."""
    escaped = re.sub(r"[\\{}~^$&%#_]", lambda found: _ESCAPES[found[0]], text)
    return _RUNS.sub(r"\1{}", escaped)
