"""Makes cells of exported spreadsheets safe."""

import re
from typing import Any

# What spreadsheets take for the beginning of a formula (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def inert_in_csv(cell: Any) -> Any:
    """Return ``cell`` so that a spreadsheet shows it as text; numbers stay numbers."""
    if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS):
        return f"'{cell}"
    return cell


def printable(cell: Any) -> Any:
    """Return ``cell`` without the control characters that no XLSX file may hold."""
    if isinstance(cell, str):
        return _CONTROL_CHARACTERS.sub("\N{REPLACEMENT CHARACTER}", cell)
    return cell
