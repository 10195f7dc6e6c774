"""Citations as people type them: “(7)”, “[7, 8]”, “(7-9)”, a raised 7, a footnote."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from articles.importing.reading.document import (
    Break,
    Cite,
    Close,
    Inline,
    Open,
    Text,
    plain,
)

_NUMBERS = r"\d{1,3}(?:\s*[,;\u2013\u2014-]\s*\d{1,3})*"
_PAGE = r"(?:,\s*(pp?\.\s*\d+(?:\s*[\u2013-]\s*\d+)?))?"
_TYPED = re.compile(rf"\[({_NUMBERS}){_PAGE}\]|\(({_NUMBERS}){_PAGE}\)")
_RAISED = re.compile(rf"[\[(]?\s*({_NUMBERS})\s*[\])]?")
_SEPARATOR = re.compile(r"[\s,;\u2013\u2014-]*")
_OPENING = re.compile(r"[\[(]\s*$")
_CLOSING = re.compile(r"^\s*[\])]")
# After what a raised number is a power, an index or a unit: m², 10⁶, R².
_POWER = re.compile(r"(?:\d|(?<![^\W\d_])[^\W\d_]{1,2})$")
_WIDEST = 50  # works in one range


def mark(
    runs: Iterable[Inline], numbers: Collection[str], names: dict[str, str]
) -> None:
    """Replace typed citations in every run of words of an article.

    Where most citations are raised, linked or in square brackets, a number in round
    ones is no citation: it may count people, or the points of a sentence.

    Args:
        runs: The words; changed in place.
        numbers: The numbers of the list.
        names: The key of the entry that each name of a link belongs to.
    """
    runs = list(runs)
    for words in runs:
        words[:] = _brackets_off(_raised(_linked(words, names), numbers))
        words[:] = [each for token in words for each in _in_text(token, numbers)]
    shapes = Counter(
        "()" if token.shape == "()" else "other"
        for words in runs
        for token in words
        if isinstance(token, Cite)
    )
    if shapes["other"] > shapes["()"]:
        for words in runs:
            words[:] = [_as_typed(token) for token in words]


def _as_typed(token: object) -> object:
    if isinstance(token, Cite) and token.shape == "()":
        return Text(token.typed, token.line)
    return token


def left_over(words: Inline) -> Iterator[tuple[int, str]]:
    """Yield line and text of numbers in brackets that are no citation."""
    for token in words:
        if isinstance(token, Text):
            for match in _TYPED.finditer(token.text):
                yield token.line + token.text.count("\n", 0, match.start()), match[0]


def _linked(words: Inline, names: dict[str, str]) -> Inline:
    """Replace links to entries of the list."""
    made: Inline = []
    inside: Inline | None = None
    opened = Open("a")
    for token in words:
        if inside is None:
            if isinstance(token, Open) and _leads_to(token.href, names):
                inside, opened = [], token
            else:
                made.append(token)
        elif isinstance(token, Close) and token.tag == "a":
            typed = plain(inside)
            if len(typed) < 12:
                made.append(Cite((names[opened.href[1:]],), typed, opened.line))
            else:
                made += inside  # words that mention the work, and no number
                made.append(Cite((names[opened.href[1:]],), "", opened.line))
            inside = None
        else:
            inside.append(token)
    return made + (inside or [])


def _leads_to(href: str, names: dict[str, str]) -> bool:
    return href.startswith("#") and href[1:] in names


def _raised(words: Inline, numbers: Collection[str]) -> Inline:
    """Replace raised numbers; those around links that were replaced are lowered."""
    made: Inline = []
    place = 0
    while place < len(words):
        token = words[place]
        if not (isinstance(token, Open) and token.tag == "sup"):
            made.append(token)
            place += 1
            continue
        end = _closing(words, place)
        inside = words[place + 1 : end]
        cites = [each for each in inside if isinstance(each, Cite)]
        text = "".join(t.text for t in inside if isinstance(t, Text))
        match = _RAISED.fullmatch(text.strip()) if not cites else None
        keys = _keys(match[1]) if match else ()
        if cites and re.fullmatch(r"[\s,;\u2013\u2014\[\]()-]*", text):
            run = [each for each in inside if isinstance(each, Cite | Text)]
            made.append(_joined(run, _typed(run).strip(), shape="sup"))
        elif keys and set(keys) <= set(numbers) and not _POWER.search(_before(made)):
            made.append(Cite(keys, text.strip(), token.line, shape="sup"))
        else:
            made += words[place : end + 1]
        place = end + 1
    return made


def _closing(words: Inline, place: int) -> int:
    depth = 0
    for end in range(place, len(words)):
        if isinstance(words[end], Open) and words[end].tag == "sup":
            depth += 1
        elif isinstance(words[end], Close) and words[end].tag == "sup":
            depth -= 1
            if not depth:
                return end
    return len(words) - 1


def _before(words: Inline) -> str:
    """Return the last word before a place."""
    for token in reversed(words):
        if isinstance(token, Text) and token.text:
            return token.text[-12:]
        if isinstance(token, Cite | Break):
            break
    return ""


def _brackets_off(words: Inline) -> Inline:
    """Remove the brackets around linked citations, and join the citations."""
    made: Inline = []
    place = 0
    while place < len(words):
        if not isinstance(words[place], Cite):
            made.append(words[place])
            place += 1
            continue
        is_link = words[place].shape == "link"
        run, place = _run(words, place)
        before = made[-1] if made and isinstance(made[-1], Text) else None
        after = words[place] if place < len(words) else None
        opening = _OPENING.search(before.text) if before else None
        closing = _CLOSING.match(after.text) if isinstance(after, Text) else None
        if before and opening and isinstance(after, Text) and closing:
            made[-1] = Text(before.text[: opening.start()], before.line)
            words[place] = Text(after.text[closing.end() :], after.line)
            typed = opening[0].strip() + _typed(run) + closing[0].strip()
            made.append(_joined(run, typed))
        elif is_link and _typed(run):
            made.append(_joined(run, _typed(run)))
        else:
            made += run
    return made


def _run(words: Inline, place: int) -> tuple[list[Cite | Text], int]:
    """Return citations that only commas and dashes divide, and where they end."""
    run: list[Cite | Text] = [words[place]]
    place += 1
    while place < len(words):
        following = words[place + 1] if place + 1 < len(words) else None
        if isinstance(words[place], Cite):
            run.append(words[place])
            place += 1
        elif (
            isinstance(words[place], Text)
            and isinstance(following, Cite)
            and _SEPARATOR.fullmatch(words[place].text)
        ):
            run += [words[place], following]
            place += 2
        else:
            break
    return run, place


def _typed(run: list[Cite | Text]) -> str:
    return "".join(
        token.typed if isinstance(token, Cite) else token.text for token in run
    )


def _joined(run: list[Cite | Text], typed: str, shape: str = "link") -> Cite:
    keys: list[str] = []
    for place, token in enumerate(run):
        if isinstance(token, Cite):
            joint = run[place - 1] if place else None
            dash = isinstance(joint, Text) and joint.text.strip() in {
                "\N{EN DASH}",
                "\N{EM DASH}",
                "-",
            }
            if dash and keys and keys[-1].isdigit() and token.keys[0].isdigit():
                keys += _range(int(keys[-1]) + 1, int(token.keys[0]) - 1)
            keys += token.keys
    return Cite(tuple(dict.fromkeys(keys)), typed, run[0].line, shape=shape)


def _in_text(token: object, numbers: Collection[str]) -> Iterator[object]:
    """Yield words, and the citations in brackets among them."""
    if not isinstance(token, Text):
        yield token
        return
    done = 0
    for match in _TYPED.finditer(token.text):
        keys = _keys(match[1] or match[3])
        if not keys or not set(keys) & set(numbers):
            continue
        line = token.line + token.text.count("\n", 0, match.start())
        yield Text(token.text[done : match.start()], token.line)
        shape = "[]" if match[1] else "()"
        yield Cite(keys, match[0], line, match[2] or match[4] or "", shape)
        done = match.end()
    yield Text(token.text[done:], token.line + token.text.count("\n", 0, done))


def _keys(typed: str) -> tuple[str, ...]:
    """Return the numbers of “7, 9-11”; none where a range is none."""
    keys: list[str] = []
    for part in re.split(r"\s*[,;]\s*", typed):
        ends = [int(end) for end in re.split(r"\s*[\u2013\u2014-]\s*", part)]
        if len(ends) > 2 or ends[-1] < ends[0] or ends[-1] - ends[0] > _WIDEST:
            return ()
        keys += _range(ends[0], ends[-1])
    return tuple(dict.fromkeys(keys))


def _range(first: int, last: int) -> list[str]:
    return [str(number) for number in range(first, last + 1)]
