"""Publishing rule for words that only keep a place for others."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.publishing.gate import Level, Problem, register
from core.publishing.rules.findings import all_words, by_block, problem_of, quoted

# What means nothing but “to be written” wherever it stands.
_ALWAYS = re.compile(
    r"\blorem ipsum\b|\bdolor sit amet\b|\bTK(?:TK)+\b|"
    r"(?<![\w/.@-])x{3,}\b(?!\.\w|/)|"
    r"\bxx[/.-]xx\b(?:[/.-]\w+)?|(?<![^\s(\[<])\?\?+(?=[\s)\]>%.,;:]|$)|"
    r"\bplaceholder (?:copy|heading|image|text)\b|"
    r"\b(?:caption|heading|link|name|text|title) goes here\b|"
    r"\b(?:FIXME|TODO)\b(?=:| ?\]|$)",
    re.MULTILINE,
)
_ALWAYS_IN_CAPITALS = re.compile(
    r"\bLOREM IPSUM\b|\bLorem ipsum\b|\bDolor sit amet\b|"
    r"\bPlaceholder (?:copy|heading|image|text)\b|"
    r"\b(?:Caption|Heading|Link|Name|Text|Title) goes here\b|\bXX[/.-]XX[/.-]\w+"
)
# “[insert name]”, “<add link>”, “{your text}”; never “[sic]”, “[…]”, “[name withheld]”.
_BRACKETED = re.compile(
    r"[\[{<]\s*(?:(?:insert|add|enter|put)\b[^\[\]{}<>\n]{0,80}"
    r"|your (?:name|text|title|link|address)[^\[\]{}<>\n]{0,40}"
    r"|(?:citation|reference|source) needed|placeholder|to come|to follow"
    r"|to be (?:added|confirmed|completed|decided|written)"
    r"|tbc|tbd|tk|todo|xx+|\?+)\s*[\]}>]",
    re.IGNORECASE,
)
# Abbreviations that stand for something in some texts.
_ABBREVIATIONS = re.compile(r"\b(?:TK|TBC|TBD|XXX+)\b")
# “XXX chromosome”, “TK inhibitor”, “TBC domain”.
_OF_SCIENCE = re.compile(
    r"[\s,-]*(?:activit|assay|carrier|chromosom|constitution|domain|famil|female|gene|"
    r"genotype|girl|inhibit|karyotyp|kinase|level|mosaic|phenotyp|protein|receptor|"
    r"signal|syndrome|women)",
    re.IGNORECASE,
)
_IN_SCIENCE = re.compile(
    r"\bkinases?\b|\bkaryotyp|\b(?:triple|tetra|penta|triplo)[\s-]?X\b|\btrisomy X\b|"
    r"\btetrasomy X\b",
    re.IGNORECASE,
)
# Roman thirty: “Chapter XXX”, “Volume XXX”, “Gregory XXX”.
_ROMAN = re.compile(
    r"\b(?:(?!(?:About|Around|At|By|For|From|In|Of|On|Only|Over|Some|The|To|With)\b)"
    r"[^\W\d_a-z][^\W\d_]+|no\.?|vol\.?|book|chapter|part|section|volume)\s$"
)
_INITIALS_OF_SOMEBODY = re.compile(r"\b[^\W\d_a-z][^\W\d_]+\s$")
_BEFORE = 40  # characters that are looked at for these


@register
class Placeholder:
    """Warns of words that keep a place for others, such as “TK”."""

    code = "placeholder"
    title = _("Placeholder left in the text")
    level: Level = "warn"

    def problems(self, page: Any) -> Iterator[Problem]:
        texts = list(all_words(page))
        whole = "\n".join(text for _spot, text in texts)
        left = [
            (spot, words) for spot, text in texts for words in placeholders(text, whole)
        ]
        for spot, found in by_block(left):
            yield problem_of(
                spot,
                self,
                gettext(
                    "This looks like a placeholder: {words}. Write what belongs here, "
                    "or delete it."
                ).format(words=quoted(found)),
            )


def placeholders(text: str, whole: str = "") -> list[str]:
    """Return the placeholders in ``text``.

    Args:
        text: A text of the page.
        whole: All texts of the page: an abbreviation that one of them explains is none.
    """
    found = [
        match
        for pattern in (_BRACKETED, _ALWAYS, _ALWAYS_IN_CAPITALS)
        for match in pattern.finditer(text)
    ]
    found += [
        match
        for match in _ABBREVIATIONS.finditer(text)
        if not _stands_for_something(match, whole or text)
    ]
    kept: list[re.Match[str]] = []
    for match in sorted(found, key=lambda match: (match.start(), -match.end())):
        if not kept or match.start() >= kept[-1].end():
            kept.append(match)
    return [match[0] for match in kept]


def _stands_for_something(match: re.Match[str], whole: str) -> bool:
    before = match.string[max(0, match.start() - _BEFORE) : match.start()]
    after = match.string[match.end() : match.end() + _BEFORE]
    word = match[0]
    if _OF_SCIENCE.match(after) or re.match(r"[-\d]", after):
        return True
    if re.search(r"[\d,-]$", before) or _is_explained(word, whole):
        return True
    if word.startswith("X"):
        is_roman = word == "XXX" and bool(_ROMAN.search(before))
        return is_roman or bool(_IN_SCIENCE.search(whole))
    if word == "TK":
        is_name = bool(_INITIALS_OF_SOMEBODY.search(before)) and after[:1] in {",", "."}
        return is_name or bool(_IN_SCIENCE.search(whole))
    return False


def _is_explained(word: str, whole: str) -> bool:
    """Return whether the words before “(TBD)” begin with its letters."""
    for explained in re.finditer(rf"([^()\n]{{1,80}})\(\s*{word}s?\s*\)", whole):
        words = re.findall(r"[^\W\d_]+", explained[1])[-len(word) :]
        if "".join(w[0] for w in words).casefold() == word.casefold():
            return True
    return False
