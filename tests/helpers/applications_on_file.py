"""Run by tests in a process of its own: posts to a form on an SQLite file in WAL mode.

``python applications_on_file.py database log`` prints what happened as JSON.
"""

import json
import logging
import os
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]


def main(database, log):
    """Post eight times at once; report statuses, rows and where answers leaked."""
    os.environ["DATABASE_URL"] = f"sqlite:///{database}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    import django

    django.setup()
    logging.basicConfig(filename=log, level=logging.DEBUG, force=True)
    from django.core import mail
    from django.db import connection

    from applications.models.applications import Answer, Application
    from applications.models.pages import ApplicationFormPage
    from tests.helpers.factories_applications import filled_in

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode=WAL")
    page = ApplicationFormPage.objects.get()
    page.questions  # noqa: B018  (loads what the threads share)
    answers = json.loads(sys.stdin.read())
    statuses = post_at_once(page.url, filled_in(page, **answers))
    files = [Path(database), Path(f"{database}-wal"), Path(log)]
    found = [
        f"{secret} in {file.name}"
        for file in files
        for secret in answers.values()
        if secret.encode() in file.read_bytes()
    ]
    sent = "".join(without_addressee(each) for each in getattr(mail, "outbox", []))
    found += [f"{secret} in mail" for secret in answers.values() if secret in sent]
    result = {
        "statuses": statuses,
        "applications": Application.objects.count(),
        "answers": Answer.objects.count(),
        "wal": files[1].stat().st_size,
        "mails": len(getattr(mail, "outbox", [])),
        "found": found,
    }
    sys.stdout.write(json.dumps(result))


def without_addressee(message):
    """Return an e-mail as text, without the header that names whom it goes to."""
    lines = str(message.message()).splitlines()
    return "\n".join(line for line in lines if not line.startswith("To: "))


def post_at_once(url, posted, times=8):
    """Post one form from ``times`` threads that start together; return statuses."""
    from django.db import connections
    from django.test import Client

    barrier = threading.Barrier(times, timeout=60)
    statuses = []

    def post():
        barrier.wait()
        try:
            statuses.append(
                Client(headers={"host": "localhost"}).post(url, posted).status_code
            )
        finally:
            connections.close_all()

    threads = [threading.Thread(target=post) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


if __name__ == "__main__":
    main(*sys.argv[1:])
