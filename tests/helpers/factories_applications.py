"""Application forms for tests, and what somebody would fill them in with."""

import re
import time
import uuid

import wagtail_factories
from django.contrib.auth.models import Group
from django.utils.datastructures import MultiValueDict

from applications.applying.forms import TOKEN
from applications.applying.tokens import FormToken
from applications.models.pages import ApplicationFormPage
from applications.models.rights import FormRight, Right, with_contained
from core.publishing import gate
from home.roles import ADMISSIONS

# Fixed, so that tests can name the fields.
IDS = {
    kind: str(uuid.uuid5(uuid.NAMESPACE_URL, kind))
    for kind in (
        "short_text",
        "long_text",
        "email",
        "telephone",
        "number",
        "date",
        "single_choice",
        "multiple_choice",
        "yes_no",
        "consent",
    )
}
LABELS = {
    "short_text": "Your full name",
    "long_text": "Which medicines do you take?",
    "email": "E-mail address",
    "telephone": "Telephone number",
    "number": "In which year were you diagnosed?",
    "date": "Date of birth",
    "single_choice": "How far can you walk?",
    "multiple_choice": "Does any of these apply?",
    "yes_no": "Have you had a relapse?",
    "consent": "I agree that the clinic reads my answers.",
}
MORE = {
    "short_text": {"autocomplete": "name", "max_length": 200},
    "long_text": {
        "sensitivity": "health",
        "reason": "Some medicines rule treatment out.",
        "help_text": "One to a line.",
    },
    "telephone": {"required": False},
    "number": {"minimum": "1950", "maximum": "2030"},
    "date": {"birth_date": True},
    "single_choice": {"choices": ["Far", "Not far"]},
    "consent": {"short_name": "Reading my answers"},
    "multiple_choice": {"choices": ["Infection", "Pregnancy"], "required": False},
}


def question(kind, **more):
    """Return a question as raw stream data."""
    value = {"label": LABELS[kind], "required": True, **MORE.get(kind, {}), **more}
    return {"type": kind, "id": IDS[kind], "value": value}


def questions(*kinds):
    """Return raw stream data: one question of each kind."""
    return [question(kind) for kind in (kinds or IDS)]


class ApplicationFormPageFactory(wagtail_factories.PageFactory):
    """A published form that asks one question of each kind."""

    title = "Apply for an assessment"
    slug = "apply"
    purpose = "To decide whether treatment can help you."
    retention_months = 6

    class Meta:
        model = ApplicationFormPage

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        asked = kwargs.pop("questions", None)
        stream = model_class._meta.get_field("questions").stream_block
        raw = questions() if asked is None else asked
        kwargs["questions"] = stream.to_python(raw)
        rights = kwargs.pop("rights", None)
        live = kwargs.pop("live", True)
        # Nothing is granted to a form that is not there yet.
        page = super()._create(model_class, *args, live=False, **kwargs)
        if rights is None:
            rights = {officers(): [Right.REVEAL, Right.DECIDE]}
        for group, given in rights.items():
            grant(page, group, *given)
        if live:
            page.live = True
            page.save()
        return page


def officers():
    """Return the group that reads and decides, unless a test says otherwise."""
    return Group.objects.get_or_create(name=ADMISSIONS)[0]


def grant(page, group, *rights):
    """Give a group these rights to a form's applications, beside what it has."""
    for right in with_contained(rights):
        FormRight.objects.get_or_create(form=page, group=group, right=right)


def problems_of(page):
    """Return the publishing problems, but that nobody reads a page not saved yet."""
    problems = gate.publishing_problems(page)
    return [
        each for each in problems if each.code != "health-questions-without-readers"
    ]


def take_all(page):
    """Leave nobody a right to the form's applications."""
    FormRight.objects.filter(form=page).delete()


def field(kind):
    """Return the name of a question's field in the form."""
    return f"q-{IDS[kind]}"


def filled_in(page, *, token=None, age=60, **changes):
    """Return what a browser posts; ``changes`` by kind of question, None: absent."""
    values = {
        "short_text": "Ada Quillfeather",
        "long_text": "Vermilionazole, 5 mg",
        "email": "ada@example.org",
        "telephone": "01632 960 001",
        "number": "2009",
        "single_choice": "Not far",
        "multiple_choice": ["Infection"],
        "yes_no": "Yes",
        "consent": "on",
    } | changes
    posted = {field(kind): value for kind, value in values.items() if value is not None}
    for part, value in zip(("day", "month", "year"), ("27", "3", "1974"), strict=True):
        posted[f"{field('date')}_{part}"] = value
    token = token or FormToken(
        page.latest_definition.pk, uuid.uuid4(), int(time.time()) - age
    )
    return MultiValueDict(
        {
            name: value if isinstance(value, list) else [value]
            for name, value in {**posted, TOKEN: str(token)}.items()
        }
    )


def send(client, form_page, **changes):
    """Post the form filled in, with ``changes``."""
    return client.post(form_page.url, filled_in(form_page, **changes))


def token_in(response):
    """Return the form's token in a response."""
    return re.search(rf'name="{TOKEN}" value="([^"]+)"', response.content.decode())[1]
