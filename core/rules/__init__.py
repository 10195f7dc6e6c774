"""What the gate asks of every page, one subject a file."""

from typing import Any

from core.gate import Problem
from core.walk import Place


def problem_at(place: Place, rule: Any, sentence: str) -> Problem:
    """Return a problem of ``rule`` that stands under the block at ``place``."""
    return Problem(
        rule.code, rule.level, sentence, place.field, place.position, place.block_id
    )
