"""The line that stands for a long disclosure until it is unfolded."""

import re

# Characters: a longer disclosure is folded, for two of them fill a phone's screen.
LONGEST_UNFOLDED = 90

_AMOUNT = r"\d+(?:[.,\N{NO-BREAK SPACE}]\d+)*"
_SUM = re.compile(
    rf"[£$€¥]\s?{_AMOUNT}|\b(?:GBP|USD|EUR|CHF)\s{_AMOUNT}"
    rf"|{_AMOUNT}\s?(?:[£$€¥]|(?:GBP|USD|EUR|CHF|pounds|dollars|euros)\b)"
)


def sums(text: str) -> list[str]:
    """Return the amounts of money in ``text`` as they are typed, each once."""
    return list(dict.fromkeys(_SUM.findall(text)))


def summary(text: str, relation: str) -> str:
    """Return what is printed of a disclosure while it is folded, "" where it is not.

    Args:
        text: The disclosure as typed.
        relation: To the organisation, in words; "" for none.

    Returns:
        The relation and every sum of money, or else the first words.
    """
    if len(text) <= LONGEST_UNFOLDED:
        return ""
    said = [relation, *sums(text)] if relation else sums(text)
    return " ·\N{NO-BREAK SPACE}".join(said) or f"{text[:40].rsplit(' ', 1)[0]} …"
