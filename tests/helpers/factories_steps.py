"""A form in steps for tests, and how somebody walks through it without JavaScript."""

import re
import uuid

from bs4 import BeautifulSoup

from applications.composing.blocks import ApplicationQuestionsBlock
from tests.helpers.factories_applications import (
    IDS,
    ApplicationFormPageFactory,
    field,
    question,
)

ADULT = str(uuid.uuid5(uuid.NAMESPACE_URL, "adult"))


def block(kind, name, **value):
    """Return a block that asks nothing, as raw stream data."""
    return {
        "type": kind,
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{kind} {name}")),
        "value": {"title": name, **value},
    }


def only_if(label, operator="is", value="", join="all"):
    """Return a condition of one comparison, as raw stream data."""
    test = {"question": label, "operator": operator, "value": value}
    return {
        "join": join,
        "tests": [{"type": "item", "id": str(uuid.uuid4()), "value": test}],
    }


def in_steps():
    """Return a pre-check with an exit, a consent, and two steps with conditions."""
    return [
        block("step", "Before you begin"),
        {**question("yes_no", label="Are you an adult?"), "id": ADULT},
        block(
            "exit",
            "We can probably not help you",
            text="<p>Only adults were studied.</p>",
            ask='<p><a href="tel:+3511">Ask a nurse</a></p>',
            condition=only_if("Are you an adult?", "is", "No"),
        ),
        block("step", "You"),
        question("short_text"),
        question("email"),
        question("consent"),
        block("step", "Your health"),
        question("yes_no"),
        question(
            "date",
            label="When was it?",
            required=True,
            condition=only_if("Have you had a relapse?", "is", "Yes"),
        ),
        block(
            "step",
            "Your medicines",
            condition=only_if("Have you had a relapse?", "is", "Yes"),
        ),
        question("long_text"),
    ]


class SteppedFormPageFactory(ApplicationFormPageFactory):
    """A published form in four steps."""

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        kwargs.setdefault("questions", in_steps())
        return super()._create(model_class, *args, **kwargs)


def soup_of(response):
    return BeautifulSoup(response.content.decode(), "html.parser")


def fill_in(client, path, button="", **typed):
    """Post what the page's form holds, with ``typed`` by kind of question; no redirect.

    ``typed`` may name a field in full; None empties it.
    """
    form = soup_of(client.get(path)).select_one("main form.form")
    posted = {}
    for each in form.select("input, textarea, select"):
        is_box = each.get("type") in {"checkbox", "radio"}
        if each.find_parent("fieldset", disabled=True) or (
            is_box and not each.has_attr("checked")
        ):
            continue
        if each.name == "select":
            chosen = each.select_one("option[selected]")
            value = chosen["value"] if chosen else ""
        else:
            value = (
                each.text
                if each.name == "textarea"
                else each.get("value", "on" if is_box else "")
            )
        posted.setdefault(each["name"], []).append(value)
    for name, value in typed.items():
        name = field(name) if name in IDS else name
        posted.pop(name, None)
        if value is not None:
            posted[name] = value if isinstance(value, list) else [value]
    if button:
        posted[button] = ["1"]
    return client.post(path, posted)


def walk(client, page, until="review/"):
    """Answer every step up to an address under the page's; return it."""
    name = field("date")
    answers = {
        "step/1/": {f"q-{ADULT}": "Yes"},
        "step/2/": {
            "short_text": "Ada Quillfeather",
            "email": "ada@example.org",
            "consent": "on",
        },
        "step/3/": {
            "yes_no": "Yes",
            f"{name}_day": "27",
            f"{name}_month": "3",
            f"{name}_year": "2020",
        },
        "step/4/": {"long_text": "Vermilionazole, 5 mg"},
    }
    for address, typed in answers.items():
        if address == until:
            break
        first = fill_in(client, page.url + address, **typed)
        if first.url == page.url + address:
            # One more question has come up.
            fill_in(client, page.url + address, **typed)
    return page.url + until


def reference_in(response):
    return re.search(r"[34679A-Z]{4}-[34679A-Z]{4}", response.content.decode())[0]


def one_click(name):
    """Return a ready-made question as one click adds it, as raw stream data."""
    made = ApplicationQuestionsBlock().child_blocks[name]
    value = made.get_prep_value(made.get_default())
    pk = str(uuid.uuid5(uuid.NAMESPACE_URL, f"ready {name}"))
    return {"type": name, "id": pk, "value": value}
