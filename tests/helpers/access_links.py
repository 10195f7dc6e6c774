"""The way of an applicant from an e-mail to the status page."""

import re

from django.core import mail
from django.urls import reverse

LINK = re.compile(r"https?://\S+(/applications/link/with/[\w-]+/)")
CODE = re.compile(r"\b(\d{3} \d{3})\b")


def links_in(message):
    """Return the paths of the links in an e-mail."""
    return LINK.findall(message.body)


def latest_link():
    """Return the path of the link that was mailed last."""
    return [path for message in mail.outbox for path in links_in(message)][-1]


def latest_code():
    """Return the code that was mailed last."""
    return [code for message in mail.outbox for code in CODE.findall(message.body)][-1]


def token_of(path):
    return path.rstrip("/").rpartition("/")[2]


def ask_for_code(client, path):
    """Press the button behind a link."""
    return client.post(reverse("applications:ask"), {"token": token_of(path)})


def enter(client, code):
    return client.post(reverse("applications:code"), {"code": code})


def open_status(client, path=None):
    """Go from a link to the status page; return that."""
    ask_for_code(client, path or latest_link())
    response = enter(client, latest_code())
    assert response.status_code == 303, response.content.decode()
    return client.get(response.url)
