"""Of links, codes, addresses and answers nothing is left in clear on the whole way."""

import logging

from django.core import mail
from django.db import connection
from django.urls import reverse

from tests.helpers.access_links import (
    ask_for_code,
    enter,
    latest_code,
    latest_link,
    token_of,
)
from tests.helpers.factories_applications import (
    IDS,
    ApplicationFormPageFactory,
    send,
)
from tests.helpers.production import run
from tests.helpers.worker import queue, run_queued  # noqa: F401  (queue: a fixture)

ANSWERS = {
    "short_text": "Quillfeather Plumbago",
    "long_text": "vermilionazole twice daily",
    "email": "plumbago@example.org",
    "telephone": "01632 960 733",
}
TOKEN = "Tobermory-of-a-link-that-somebody-got"


def everything_stored():
    """Return all rows of all tables as one text."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            rows += [str(row) for row in cursor.fetchall()]
    return "\n".join(rows)


def test_a_whole_journey_leaves_nothing_in_clear(client, home, queue, caplog):  # noqa: F811
    form_page = ApplicationFormPageFactory(parent=home)
    seen = []
    with caplog.at_level(logging.DEBUG):
        # E-mails wait in the database too, before they are sent.
        send(client, form_page, **ANSWERS)
        seen.append(everything_stored())
        run_queued()
        link = latest_link()
        client.post(reverse("applications:new-link"), {"email": ANSWERS["email"]})
        client.get(link)
        ask_for_code(client, link)
        seen.append(everything_stored())
        run_queued()
        code = latest_code()
        enter(client, "000 000" if code != "000 000" else "000 001")
        enter(client, code)
        client.get(reverse("applications:answers"))
        client.post(reverse("applications:revoke", args=[IDS["consent"]]))
        client.post(reverse("applications:withdraw"))
        seen.append(everything_stored())
        client.post(reverse("applications:delete"))
        run_queued()
        seen.append(everything_stored())

    secrets = [*ANSWERS.values(), token_of(link), code.replace(" ", "")]
    tables = "\n".join(seen)
    assert "applications.tasks.mail_code" in tables
    for secret in secrets:
        assert secret not in caplog.text
        assert not [line for line in tables.split("\n") if secret in line]
    mailed = "".join(
        message.subject + message.body + message.alternatives[0].content
        for message in mail.outbox
    )
    assert len(mail.outbox) >= 3
    for secret in ANSWERS.values():
        assert secret not in mailed


def test_a_link_that_fails_is_logged_without_its_token():
    """Django logs the address of what fails, here for want of tables."""
    path = reverse("applications:link", args=[TOKEN])
    script = (
        "from config import urls\n"
        "from django.http import HttpResponseServerError\n"
        "from django.test import Client\n"
        "urls.handler500 = lambda request: HttpResponseServerError()\n"
        "client = Client(raise_request_exception=False)\n"
        f"answer = client.get('{path}', secure=True, "
        "headers={'host': 'clinic.example'})\n"
        "assert answer.status_code == 500, answer.status_code\n"
    )
    ran = run("manage.py", "shell", "--no-imports", "--command", script)

    assert ran.returncode == 0, ran.stderr
    printed = ran.stdout + ran.stderr
    assert "/applications/link/with/…/" in printed
    assert TOKEN not in printed
