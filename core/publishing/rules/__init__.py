"""Publishing rules for every page, one subject a file."""

from typing import Any

from core.prefetch.walk import Place
from core.publishing.gate import Problem


def problem_at(place: Place, rule: Any, sentence: str, about: str = "") -> Problem:
    """Return a problem of ``rule`` at the block at ``place``."""
    where = place.field, place.position, place.block_id
    return Problem(rule.code, rule.level, sentence, *where, about)
