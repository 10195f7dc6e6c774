"""The way through a form in steps: where somebody is, and what comes next.

Worked out anew at each request from what was typed so far; nothing of it is stored.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from applications.applying.form_fields import KEPT_CHARACTERS
from applications.applying.forms import ApplicationForm, field_name
from applications.conditions import visible
from applications.definitions import EXIT, FURNITURE, STEP, asked

REVIEW = "review/"
_BEHIND = re.compile(r"/((?:step|exit)/[0-9]+/|review/|save/|clear/)$")
# Of several values for one question as many are kept, each as long.
_MOST_VALUES = 200


@dataclass
class Step:
    """A step, or the exit that stands in its place."""

    number: int  # among all steps, or all exits, of the definition
    item: dict[str, Any]
    items: list[dict[str, Any]] = field(default_factory=list)

    @property
    def address(self) -> str:
        kind = "exit" if self.item["kind"] == EXIT else "step"
        return f"{kind}/{self.number}/"

    @property
    def questions(self) -> list[dict[str, Any]]:
        return [item for item in self.items if item["kind"] not in FURNITURE]


def behind(path: str) -> str:
    """Return what stands behind a form's address in ``path``, such as ``step/1/``."""
    found = _BEHIND.search(path)
    return found[1] if found else ""


def steps_of(content: Mapping[str, Any]) -> list[Step]:
    """Return all steps of a definition; what stands before the first is one, too."""
    steps: list[Step] = []
    for item in content["questions"]:
        if item["kind"] == STEP or not steps:
            begins = item if item["kind"] == STEP else _UNNAMED
            steps.append(Step(len(steps) + 1, begins))
        if item["kind"] != STEP:
            steps[-1].items.append(item)
    return steps


_UNNAMED = {"kind": STEP, "id": "beginning", "title": "", "introduction": ""}


def consent_step(content: Mapping[str, Any]) -> int:
    """Return the number of the step with which the draft begins.

    What comes before is a pre-check. Without any required consent it is the first.
    """
    for step in steps_of(content):
        if any(required_consents(step)):
            return step.number
    return 1


def required_consents(step: Step) -> Iterator[dict[str, Any]]:
    for question in step.questions:
        if question["kind"] == "consent" and question["required"]:
            yield question


class Route:
    """The steps that somebody meets who typed this.

    Args:
        content: A frozen definition.
        typed: What was typed, by question id, as `read_posted` returns it; by a step's
            id whether it was gone through, by an exit's whether it was passed.
    """

    def __init__(self, content: dict[str, Any], typed: Mapping[str, Any]) -> None:
        self.content = content
        self.typed = typed
        self.form = _form_of(content, typed)
        self._errors = dict(self.form.errors)
        answers = {
            question["id"]: self.form.cleaned_data[field_name(question)]
            for question in asked(content)
            if question["id"] in typed and field_name(question) not in self._errors
        }
        items = visible(content, answers)
        self._shown = {item["id"] for item in items}
        self.answers = {
            question["id"]: answers.get(question["id"])
            if question["id"] in self._shown
            else None
            for question in asked(content)
        }
        self._forget_errors_of_what_was_not_asked()

    def _forget_errors_of_what_was_not_asked(self) -> None:
        for question in asked(self.content):
            if question["id"] not in self.typed or question["id"] not in self._shown:
                self.form.errors.pop(field_name(question), None)

    def show_also(self, items: list[dict[str, Any]]) -> None:
        """Show items whatever they depend on."""
        self._shown |= {item["id"] for item in items}

    def is_shown(self, item: Mapping[str, Any]) -> bool:
        return item["id"] in self._shown or item is _UNNAMED

    @cached_property
    def all_steps(self) -> list[Step]:
        return steps_of(self.content)

    @cached_property
    def steps(self) -> list[Step]:
        """The steps on this way."""
        return [step for step in self.all_steps if self.is_shown(step.item)]

    @cached_property
    def places(self) -> list[Step]:
        """The steps on this way, and the exits that nobody has passed yet."""
        exits = {
            item["id"]: number
            for number, item in enumerate(
                (i for i in self.content["questions"] if i["kind"] == EXIT), start=1
            )
        }
        places: list[Step] = []
        for step in self.steps:
            places.append(step)
            places += [
                Step(exits[item["id"]], item)
                for item in step.items
                if item["id"] in exits
                and self.is_shown(item)
                and not self.typed.get(item["id"])
            ]
        return places

    def is_done(self, place: Step) -> bool:
        """Return whether everything that the step asks is answered, and rightly."""
        if place.item["kind"] == EXIT:
            return False
        if not self.typed.get(place.item["id"]):
            return False
        return all(
            question["id"] in self.typed and field_name(question) not in self._errors
            for question in place.questions
            if self.is_shown(question)
        )

    @cached_property
    def next_address(self) -> str:
        """The address of the first place that is not done, of the review if all are."""
        for place in self.places:
            if not self.is_done(place):
                return place.address
        return REVIEW

    def is_reached(self, address: str) -> bool:
        """Return whether everything before a place on this way is done."""
        addresses = [place.address for place in self.places] + [REVIEW]
        return address in addresses and addresses.index(address) <= addresses.index(
            self.next_address
        )

    def after(self, step: Step) -> str:
        """Return the address that follows a step; its own as long as it is not done."""
        addresses = [place.address for place in self.places] + [REVIEW]
        if step.address not in addresses:
            return self.next_address
        here = addresses.index(step.address)
        return addresses[here if not self.is_done(step) else here + 1]

    def before(self, place: Step) -> str:
        """Return the address before a place, "" before the first: the page itself."""
        addresses = [each.address for each in self.places]
        here = addresses.index(place.address) if place.address in addresses else 0
        return addresses[here - 1] if here else ""


def read_posted(
    step: Step, form: ApplicationForm, posted: QueryDict, shown: set[str]
) -> dict[str, Any]:
    """Return what was typed into a step, by question id, as JSON can hold it.

    Args:
        step: Where it was typed.
        form: The definition's.
        posted: What no question asked for is left out.
        shown: Ids of the questions that the page showed.
    """
    typed: dict[str, Any] = {step.item["id"]: True}
    for question in step.questions:
        if question["id"] in shown:
            name = field_name(question)
            widget = form.fields[name].widget
            files: MultiValueDict[str, Any] = MultiValueDict()
            value = widget.value_from_datadict(posted, files, name)
            typed[question["id"]] = _bounded(value)
    return typed


def _bounded(value: Any) -> Any:
    if isinstance(value, list):
        return [_bounded(each) for each in value[:_MOST_VALUES]]
    return value[:KEPT_CHARACTERS] if isinstance(value, str) else value


def _form_of(content: dict[str, Any], typed: Mapping[str, Any]) -> ApplicationForm:
    """Return the form bound to what a browser would post for what was typed."""
    data = QueryDict(mutable=True)
    form = ApplicationForm(content, data)
    for question in asked(content):
        value, name = typed.get(question["id"]), field_name(question)
        widget = form.fields[name].widget
        if isinstance(widget, forms.MultiWidget):
            texts = value if isinstance(value, list) else []
            names = widget.widgets_names  # type: ignore[attr-defined]
            for part, text in zip(names, texts, strict=False):
                data[f"{name}{part}"] = text or ""
        elif isinstance(value, list):
            data.setlist(name, value)
        elif value:
            data[name] = "on" if value is True else value
    return form
