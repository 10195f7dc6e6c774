"""Text set in lines of a width, whatever measures it."""

from collections.abc import Callable


def fits(text: str, measure: Callable[[str], float], width: float, lines: int) -> bool:
    """Return whether ``text`` fits into ``lines`` of ``width``."""
    if lines == 1:
        return measure(text) <= width
    return len(wrapped(text, measure, width)) <= lines


def wrapped(text: str, measure: Callable[[str], float], width: float) -> list[str]:
    """Break ``text`` into lines no wider than ``width``; too long a word is broken."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if measure(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        while measure(word) > width:
            piece = longest(word, lambda part: measure(part) <= width) or word[0]
            lines.append(piece)
            word = word[len(piece) :]
        line = word
    return [*lines, line] if line else lines


def longest(text: str, holds: Callable[[str], bool]) -> str:
    """Return the longest beginning that ``holds``, found by halving."""
    short, long = 0, len(text)
    while short < long:
        middle = (short + long + 1) // 2
        short, long = (middle, long) if holds(text[:middle]) else (short, middle - 1)
    return text[:short]
