"""Whether officers wait for a list of 100,000 applications.

    python bench/admissions.py [100000]

Fills a database of its own with so many applications of three forms, with an answer
each, and opens what an officer opens all day. Prints milliseconds (the best of three),
how many of them are the database's, and queries. On another database:
DATABASE_URL=postgres://… names an empty one.
"""

import os
import sys
import tempfile
import time
import uuid
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
os.environ.setdefault("DATABASE_URL", f"sqlite:///{tempfile.mkdtemp()}/bench.sqlite3")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.models import Group  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.models import Page  # noqa: E402

from applications.contacts import contact_hash  # noqa: E402
from applications.models import Answer, Application, ApplicationState  # noqa: E402
from home.roles import ADMISSIONS, create_roles  # noqa: E402
from tests.helpers.factories import HomePageFactory, UserFactory  # noqa: E402
from tests.helpers.factories_applications import (  # noqa: E402
    IDS,
    ApplicationFormPageFactory,
)

FORMS = 3
OFFICERS = 8
IN_ONE_STEP = 5_000
# Of ten, as after years of work: most are decided.
STATUSES = ["received", "reading", "asked", "withdrawn"] + ["accepted", "declined"] * 2
STATUSES += ["closed", "closed"]


def officers():
    create_roles()
    users = [UserFactory(username=f"officer{number}") for number in range(OFFICERS)]
    for user in users:
        user.groups.set(Group.objects.filter(name=ADMISSIONS))
    # Taking applications out is granted to few.
    users[0].is_superuser = True
    users[0].save()
    return users


def forms(home):
    """Return forms with states of their own."""
    made = []
    for number in range(FORMS):
        form = ApplicationFormPageFactory(
            parent=home, title=f"Form {number}", slug=f"form-{number}"
        )
        for order, status in enumerate(Application.Status):
            ApplicationState.objects.create(
                form=form, status=status, name=status.label, sort_order=order
            )
        made.append(form)
    return made


def fill(size, forms, users):
    now = timezone.now()
    definitions = [form.latest_definition for form in forms]
    hashed = [contact_hash(f"somebody{number}@example.org") for number in range(1000)]
    for first in range(0, size, IN_ONE_STEP):
        applications = [
            Application(
                definition=definitions[number % FORMS],
                submission_key=uuid.uuid4(),
                submitted_at=now - timedelta(minutes=13 * number),
                status=STATUSES[number // FORMS % len(STATUSES)],
                assignee=users[number % OFFICERS] if number % 4 else None,
                due_on=(now + timedelta(days=number % 90 - 60)).date()
                if number % 10 == 0
                else None,
                contact_hash=hashed[number % len(hashed)],
            )
            for number in range(first, min(first + IN_ONE_STEP, size))
        ]
        with transaction.atomic():
            Application.objects.bulk_create(applications)
            Answer.objects.bulk_create(
                Answer.to(application, IDS["short_text"], 0, "Ada Quillfeather")
                for application in applications
            )


def pages(officer, administrator, forms, size):
    """Return ``{name: opens it}``."""
    index = reverse("application:index")
    application = Application.objects.order_by("submitted_at")[size // 2]

    def searched(words):
        found = officer.post(reverse("application:search"), {"words": words})
        return officer.get(found.url)

    def first_byte():
        asked = {"form": forms[0].pk, "kind": "csv", "reason": "To measure"}
        response = administrator.post(reverse("export_applications"), asked)
        next(iter(response.streaming_content))
        return response

    return {
        "list": lambda: officer.get(index),
        "its last page": lambda: officer.get(index, {"p": 10**6}),
        "by form and state": lambda: officer.get(
            index, {"form": forms[1].pk, "state": "accepted"}
        ),
        "mine": lambda: officer.get(index, {"assignee": "mine"}),
        "overdue": lambda: officer.get(index, {"overdue": "yes"}),
        "by reference": lambda: searched(application.reference.lower()),
        "by e-mail address": lambda: searched("somebody7@example.org"),
        "dashboard": lambda: officer.get(reverse("wagtailadmin_home")),
        "export, first byte": first_byte,
    }


def opened(act):
    """Open a page; milliseconds, those of the database, and queries."""
    with CaptureQueriesContext(connection) as queries:
        start = time.perf_counter()
        response = act()
        taken = time.perf_counter() - start
    assert response.status_code == 200  # noqa: S101
    asked = sum(float(query["time"]) for query in queries)
    return taken * 1000, asked * 1000, len(queries)


def main(size):
    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    home = HomePageFactory(parent=Page.objects.get(depth=1), slug="bench")
    users, made = officers(), forms(home)
    started = time.monotonic()
    fill(size, made, users)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as a database in use does by itself
        if connection.vendor == "postgresql":
            connection.commit()
            cursor.execute("VACUUM")
    print(f"{size:,} filed in {time.monotonic() - started:.0f} s")  # noqa: T201
    administrator, officer = Client(), Client()
    administrator.force_login(users[0])
    officer.force_login(users[1])
    print("page                       ms  database  queries")  # noqa: T201
    for name, act in pages(officer, administrator, made, size).items():
        runs = [opened(act) for _ in range(4)][1:]
        taken, asked, queries = min(runs)
        print(f"{name:20}  {taken:7.0f}  {asked:8.0f}  {queries:7}")  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 100_000)
