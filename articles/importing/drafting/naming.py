"""Matches the people and topics that a file names with those of the site."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from articles.importing.drafting.rich_text import Problem
from articles.models.contributions import Contribution
from core.models.topics import Topic
from evidence.library.title_keys import comparable
from people.models import PersonPage

_HONORIFIC = re.compile(r"^(?:dr|prof|professor|mr|mrs|ms|mx|sir|dame)\.?\s+", re.I)
_IN_BRACKETS = re.compile(r"^(.*?)\s*\(([^()]{1,40})\)\s*$")
_SEVERAL = re.compile(r"\s*[;,\n]\s*|\s+(?:and|&)\s+")
_ROLES: dict[str, str] = {
    **{comparable(value): value for value in Contribution.Role.values},
    "clinicalcontributor": Contribution.Role.CLINICAL,
    "reviewer": Contribution.Role.CLINICAL,
    "medicalreviewer": Contribution.Role.CLINICAL,
    "guestcontributor": Contribution.Role.GUEST,
    "writer": Contribution.Role.AUTHOR,
    "contributor": Contribution.Role.AUTHOR,
    "reviewedby": Contribution.Role.CLINICAL,
    "medicallyreviewedby": Contribution.Role.CLINICAL,
    "guestauthor": Contribution.Role.GUEST,
}


class Names:
    """Profiles and topics by name, each kind read once."""

    def __init__(self) -> None:
        self.people: dict[str, list[tuple[int, str]]] = {}
        for pk, name in PersonPage.objects.order_by("path").values_list("pk", "title"):
            self.people.setdefault(comparable(name), []).append((pk, name))
        self.topics: dict[str, tuple[int, str]] = {}
        for pk, name, slug in Topic.objects.values_list("pk", "name", "slug"):
            self.topics.setdefault(comparable(slug), (pk, name))
            self.topics[comparable(name)] = (pk, name)

    def person(self, name: str) -> list[tuple[int, str]]:
        """Return the profiles of ``name``, titles before and letters after it aside."""
        bare = _HONORIFIC.sub("", name.strip())
        for version in (name, bare, bare.split(",")[0]):
            if found := self.people.get(comparable(version)):
                return found
        family, comma, given = bare.partition(",")
        return self.people.get(comparable(given + family), []) if comma else []

    def topic(self, name: str) -> tuple[int, str] | None:
        return self.topics.get(comparable(name))


def _is_clinical(role: str) -> bool:
    return comparable(role).startswith("clinical")


def contributions(
    values: Iterable[tuple[str, Any, int]], names: Names, problems: list[Problem]
) -> list[dict[str, Any]]:
    """Return the contributors as profiles with roles, and report the unmatched.

    Args:
        values: (role, what the file says, line) of each key that names people.
        names: The site's profiles.
        problems: What is added to.
    """
    found: list[dict[str, Any]] = []
    for key_role, value, line in values:
        for name, typed_role in _people(value, names):
            role = _ROLES.get(comparable(typed_role)) if typed_role else key_role
            if role is None:
                sentence = _("No contributor can be “{role}”; taken as author.").format(
                    role=typed_role
                )
                problems.append(Problem(line, name, sentence))
                role = Contribution.Role.AUTHOR
            if role == Contribution.Role.CLINICAL and not _is_clinical(typed_role):
                problems.append(
                    Problem(
                        line,
                        name,
                        _(
                            "Taken as clinical contributor: a review is recorded here "
                            "by who makes it."
                        ),
                    )
                )
            profiles = names.person(name)
            if len(profiles) != 1:
                sentence = (
                    _(
                        "Several profiles have this name. Choose the contributor in "
                        "the editor."
                    )
                    if profiles
                    else _(
                        "No profile has this name. Choose the contributor in the "
                        "editor."
                    )
                )
                problems.append(Problem(line, name, sentence))
                continue
            [(pk, title)] = profiles
            one = {"person": pk, "name": title, "role": str(role)}
            if one not in found:
                found.append(one)
    return found


def _people(value: Any, names: Names) -> Iterator[tuple[str, str]]:
    """Yield names with the roles typed beside them."""
    if isinstance(value, list):
        for each in value:
            yield from _people(each, names)
    elif isinstance(value, dict):
        lowered = {str(key).casefold(): each for key, each in value.items()}
        role = lowered.get("role", "")
        name = lowered.get("name", lowered.get("title", ""))
        if isinstance(name, str) and name.strip():
            yield name.strip()[:255], role if isinstance(role, str) else ""
        elif len(lowered) == 1 and all(isinstance(v, str) for v in lowered.values()):
            [(name, role)] = value.items()
            yield str(name).strip()[:255], str(role)
    elif isinstance(value, str) and value.strip():
        match = _IN_BRACKETS.match(value)
        name, role = (match[1], match[2]) if match else (value, "")
        several = [each for each in _SEVERAL.split(name.strip()) if each]
        if len(several) > 1 and not names.person(name):
            for each in several:
                yield each[:255], role
        else:
            yield name.strip()[:255], role


def topic(
    value: Any, line: int, names: Names, problems: list[Problem]
) -> tuple[int, str] | None:
    """Return the first known topic that a file names, and report the others."""
    typed = value if isinstance(value, list) else [value]
    chosen = None
    for each in typed:
        if not isinstance(each, str) or not each.strip():
            continue
        found = names.topic(each)
        if found and chosen is None:
            chosen = found
        elif found != chosen or chosen is None:
            sentence = (
                _("An article has one topic here; this one is left out.")
                if found
                else _("There is no such topic here. Choose one in the editor.")
            )
            problems.append(Problem(line, each[:120], sentence))
    return chosen
