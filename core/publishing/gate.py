"""The publish gate: one list of problems, checked wherever a page may go live.

Rules are small classes that apps register here; nothing overrides the list. Where it is
asked is described in docs/adr/0004. Suggestions stand beside the page while it is
edited and are asked for at no door.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import wraps
from hashlib import sha256
from typing import Any, Literal, Protocol, TypeVar

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.text import capfirst

from core.publishing.versions import content

Level = Literal["block", "warn", "suggest"]
# What a site may have chosen for a rule.
ChosenLevel = Literal["block", "warn", "suggest", "off"]

_DIGITS = 12  # of a digest, which tells apart what was found in one block


@dataclass(frozen=True)
class Problem:
    """A reason not to publish a page, or a suggestion for it.

    Args:
        code: Names the rule, such as ``dangling-citation``.
        level: ``block``: cannot go live; ``warn``: can, with a reason; ``suggest``:
            can, and nobody asks.
        sentence: What is wrong and what to do, for an editor.
        field: The page's field it belongs to, "" for the page as a whole.
        position: The place of the block in that StreamField, None for the whole field.
        block_id: That block's id.
        about: What was found there, in whatever words but none that are translated. A
            reason that was given for one thing does not answer for another.
    """

    code: str
    level: Level
    sentence: str
    field: str = ""
    position: int | None = None
    block_id: str = ""
    about: str = ""

    @property
    def key(self) -> str:
        """The key that an editor's reason refers to: code, place and what is there.

        It is stored with the page and in its history, so that it holds no words.
        """
        key = f"{self.code}:{self.block_id or self.field}"
        if not self.about:
            return key
        return f"{key}:{sha256(self.about.encode()).hexdigest()[:_DIGITS]}"

    @property
    def contentpath(self) -> str:
        """The place in Wagtail's notation, "" for the whole page."""
        return ".".join(part for part in (self.field, self.block_id) if part)

    @property
    def selector(self) -> str:
        """A CSS selector of the place in the editor's form."""
        parts = self.contentpath.split(".")
        return " ".join(f'[data-contentpath="{part}"]' for part in parts if part)


class Rule(Protocol):
    """The interface of a rule.

    ``title`` names in a few words what is wrong where the rule finds something.
    ``problems`` is given a page and must not change it. A rule whose level is a setting
    has ``chosen_level(page)`` besides, which outranks ``level`` (`AdjustableRule`).
    """

    @property
    def code(self) -> str: ...

    @property
    def title(self) -> str | Promise: ...

    @property
    def level(self) -> Level: ...

    def problems(self, page: Any) -> Iterable[Problem]: ...


class AdjustableRule(Rule, Protocol):
    """A rule whose level each site chooses."""

    def chosen_level(self, page: Any) -> ChosenLevel: ...


R = TypeVar("R", bound=Rule)
T = TypeVar("T")

_rules: dict[str, Rule] = {}
# What rules have found out while the list is being asked for.
_found_out: ContextVar[dict[Any, Any] | None] = ContextVar("found_out", default=None)


@contextmanager
def _asking() -> Iterator[None]:
    token = _found_out.set({})
    try:
        yield
    finally:
        _found_out.reset(token)


def shared(find_out: Callable[[Any], T]) -> Callable[[Any], T]:
    """Let several rules share the result of ``find_out(page)``; a decorator.

    It is called once each time the list is asked for, and never remembered for longer:
    the page may have changed since.
    """

    @wraps(find_out)
    def once(page: Any) -> T:
        known = _found_out.get()
        if known is None:
            return find_out(page)
        key = (find_out, id(page))
        if key not in known:
            known[key] = find_out(page)
        found: T = known[key]
        return found

    return once


def register(rule: type[R]) -> type[R]:
    """Add a rule to the list; a class decorator."""
    made = rule()
    if made.code in _rules and type(_rules[made.code]) is not rule:
        raise ValueError(f"two rules are called {made.code!r}")
    _rules[made.code] = made
    return rule


def rules() -> list[Rule]:
    """Return all rules."""
    return list(_rules.values())


def publishing_problems(page: Any) -> list[Problem]:
    """Return the problems of publishing ``page`` as it is, blocking ones first.

    Warnings that the editor has answered (``page.answered_problems``) are left out.
    """
    with _asking():
        found = [
            problem
            for rule in _rules.values()
            for problem in _problems(rule, page)
            if problem.level != "suggest"
        ]
    return _in_reading_order(unanswered(found, page), page)


def unanswered(problems: list[Problem], page: Any) -> list[Problem]:
    """Return those that block, and the warnings that no reason of ``page`` answers."""
    answered = set(page.answered_problems) if page.override_reason.strip() else set()
    return [p for p in problems if p.level == "block" or p.key not in answered]


def suggestions(page: Any) -> list[Problem]:
    """Return the suggestions for ``page``, which do not stop publication."""
    with _asking():
        found = [
            problem
            for rule in _rules.values()
            for problem in _problems(rule, page, suggested=True)
            if problem.level == "suggest"
        ]
    return _in_reading_order(found, page)


def _problems(rule: Rule, page: Any, *, suggested: bool = False) -> Iterator[Problem]:
    """Yield what a rule finds, at the level that is chosen for it.

    Rules that suggest are asked for suggestions alone. Which level is chosen is asked
    where something was found, so that it costs other pages no query.
    """
    choose = getattr(rule, "chosen_level", None)
    if choose is None:
        if (rule.level == "suggest") is suggested:
            yield from rule.problems(page)
        return
    if found := list(rule.problems(page)):
        level = choose(page)
        if level != "off":
            yield from (replace(problem, level=level) for problem in found)


def _in_reading_order(problems: list[Problem], page: Any) -> list[Problem]:
    """Sort by level, then by field, then by block."""
    names = [field.name for field in page._meta.get_fields()]
    fields = {name: number for number, name in enumerate(names)}

    def place(problem: Problem) -> tuple[bool, int, int]:
        field = fields.get(problem.field, -1)
        return problem.level != "block", field, problem.position or 0

    return sorted(problems, key=place)


class PublishBlocked(ValidationError):
    """The gate's refusal to let a page go live.

    Its message is a dict, because the admin's API reads ``message_dict``.
    """

    def __init__(self, page: Any, problems: list[Problem]) -> None:
        self.page_pk = page.pk
        self.problems = problems
        super().__init__({"__all__": [problem.sentence for problem in problems]})


def check(page: Any) -> None:
    """Raise `PublishBlocked` unless ``page`` may go live as it is.

    The page form has asked already for what it leaves in ``page.passed_content``: that
    very content is not looked at again.
    """
    if page.passed_content is not None and page.passed_content == content(page):
        return
    if problems := publishing_problems(page):
        raise PublishBlocked(page, problems)


def refusal(page: Any, error: ValidationError) -> PublishBlocked:
    """Return the refusal of a page with invalid fields.

    A form says so beside the field. A draft may be incomplete, and other doors ask no
    form.
    """
    known = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    problems = [
        Problem("invalid-field", "block", _of_field(page, name, message), name)
        for name, messages in known.items()
        for message in messages
    ]
    return PublishBlocked(page, problems)


def _of_field(page: Any, name: str, message: str) -> str:
    labels = {field.name: field.verbose_name for field in page._meta.concrete_fields}
    return f"{capfirst(labels[name])}: {message}" if name in labels else message
