"""Names of authors: CSL dicts, the lines editors type, and how lists print them.

A person is ``{"family": …, "given": …}`` (``given`` may be missing), a group is
``{"literal": …}``. Records from elsewhere may carry CSL's particles and suffix.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

Name = Mapping[str, str]

# AMA Manual of Style, 11th edition, 3.7: up to six authors are listed, of seven or more
# the first three.
LISTED_IN_FULL = 6
LISTED_OF_MANY = 3

PARTS = frozenset(
    {
        "family",
        "given",
        "suffix",
        "non-dropping-particle",
        "dropping-particle",
        "literal",
    }
)
_GROUP = re.compile(r"\{(.*)\}$")


def is_name(value: Any) -> bool:
    """Return whether ``value`` is a CSL name with a family name or a group's name."""
    return (
        isinstance(value, dict)
        and PARTS.issuperset(value)
        and all(isinstance(part, str) for part in value.values())
        and bool(value.get("family", "").strip() or value.get("literal", "").strip())
    )


def family_name(name: Name) -> str:
    """Return an author's short name: “van Gogh”, or the group's name."""
    if "literal" in name:
        return name["literal"]
    return " ".join(
        filter(None, [name.get("non-dropping-particle"), name.get("family")])
    )


def line(name: Name) -> str:
    """Return the name as editors type it: “Petrou, Panayiota”, or the group's name."""
    if "literal" in name:
        literal = name["literal"]
        return f"{{{literal}}}" if "," in literal or _GROUP.match(literal) else literal
    return f"{family_name(name)}, {name.get('given', '')}".rstrip()


def parse(text: str) -> dict[str, str]:
    """Read one line, the reverse of `line`.

    Raises:
        ValueError: The line is not one name; its message says why, to an editor.
    """
    text = text.strip()
    if re.fullmatch(r"(and\s+)?(et\.?\s*al\.?|others)", text, re.IGNORECASE):
        raise ValueError(_("leave it out and tick “and others”"))
    if group := _GROUP.match(text):
        if not group[1].strip():
            raise ValueError(_("there is no name between the braces"))
        return {"literal": group[1].strip()}
    if ";" in text:
        raise ValueError(
            _("write each author on a line of their own, without semicolons")
        )
    family, comma, given = (part.strip() for part in text.partition(","))
    if not comma:
        return {"literal": family}
    if not family:
        raise ValueError(_("the family name is missing before the comma"))
    if "," in given:
        raise ValueError(
            _(
                "it has more than one comma; write “Family, Given” for a person, and "
                "a group's name in braces: {Department of Health, Wales}"
            )
        )
    return {"family": family, "given": given} if given else {"family": family}


def initials(given: str) -> str:
    """Return “JP” for “Jean-Pierre”, for “J. P.” and for “JP”."""
    parts = filter(None, re.split(r"[\s.\-\u2010]+", given))
    return "".join(p if p.isupper() and len(p) <= 3 else p[0].upper() for p in parts)


def listed(name: Name) -> str:
    """Return one author as AMA lists print them: “Petrou P”."""
    parts = [family_name(name), initials(name.get("given", "")), name.get("suffix", "")]
    return " ".join(filter(None, parts))


def author_list(names: Iterable[Name], *, more: bool = False) -> str:
    """Return the authors as AMA lists print them, without a full stop.

    Args:
        names: The authors in the order of the work.
        more: Whether the work has more authors than these.
    """
    printed = [listed(name) for name in names]
    if len(printed) > LISTED_IN_FULL:
        printed, more = printed[:LISTED_OF_MANY], True
    return ", ".join([*printed, "et al"] if more and printed else printed)
