"""Where published corrections stand in a stream: after the block that was corrected."""

import json
import re
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import uuid4

CORRECTION = "correction"
# What is kept of a correction's words once somebody in them was forgotten.
FORGOTTEN = "<p>…</p>"
Block = dict[str, Any]
# How rich text names its paragraphs: the editor writes it, readers get nothing of it.
_BLOCK_KEY = re.compile(r' data-block-key=\\?"[^"]*"')


class Seated(NamedTuple):
    """A stream with its corrections where they belong.

    Args:
        blocks: The stream, as it is stored.
        put_back: Whether one had been taken out, reworded or moved.
    """

    blocks: list[Block]
    put_back: bool


def beside(blocks: list[Block]) -> dict[str, str]:
    """Map the id of each correction to that of the block before it, "" without one."""
    found, before = {}, ""
    for block in blocks:
        if block["type"] == CORRECTION:
            found[block["id"]] = before
        else:
            before = block["id"]
    return found


def seat(blocks: list[Block], kept: Iterable[Any], elsewhere: set[str]) -> Seated:
    """Return a stream with the corrections that were published in it.

    One follows its block wherever that is moved, and stands at the top once that is
    gone. What is new comes after what was published. A block of another kind that has
    the id of a correction gets a new one.

    Args:
        blocks: The stream, as it is stored.
        kept: Its `PublishedCorrection`s, the oldest first.
        elsewhere: Ids of corrections that belong into other streams.
    """
    kept = list(kept)
    known = {each.block_id for each in kept}
    stood, taken = beside(blocks), known | elsewhere
    present = {b["id"]: b for b in blocks if _is_one_of(known, b)}
    free = [
        {**block, "id": str(uuid4())} if block["id"] in taken else block
        for block in blocks
        if not _is_one_of(taken, block)
    ]
    ids = {"", *(block["id"] for block in free)}
    behind: dict[str, list[Block]] = {}
    put_back = False
    for each in kept:
        block = present.get(each.block_id)
        if block is None or not _says_the_same(block, each):
            # Nobody who saves the page has taken out what was forgotten.
            put_back = put_back or block is None or each.text != FORGOTTEN
            block = _block(each)
        elif each.beside in ids and stood[each.block_id] != each.beside:
            put_back = True
        behind.setdefault(each.beside if each.beside in ids else "", []).append(block)
    seated = [*behind.get("", ())]
    for block in free:
        seated += [block, *behind.get(block["id"], ())]
    return Seated(seated, put_back)


def _is_one_of(pks: set[str], block: Block) -> bool:
    return block["type"] == CORRECTION and block["id"] in pks


def _block(kept: Any) -> Block:
    value = {"date": kept.day.isoformat(), "text": kept.text}
    return {"type": CORRECTION, "value": value, "id": kept.block_id}


def _says_the_same(block: Block, kept: Any) -> bool:
    value = block["value"] or {}
    said = _plain(value.get("text") or ""), str(value.get("date") or "")
    return said == (_plain(kept.text), str(kept.day))


def same_words(block: Block | None, other: Block | None) -> bool:
    """Return whether two blocks say the same, None being one that is missing."""
    return _said(block) == _said(other)


def _said(block: Block | None) -> str:
    value = block["value"] if block else ""
    return _plain(json.dumps(value, sort_keys=True, default=str))


def _plain(source: str) -> str:
    return " ".join(_BLOCK_KEY.sub("", source).split())
