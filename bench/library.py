"""How the time of the pages of the library grows with its size.

    python bench/library.py [100 20000]

Opens every page of tests/evidence/test_large_library.py in a library of each size, in a
database of its own, and prints milliseconds (the best of three) and queries. On another
database: DATABASE_URL=postgres://… names an empty one.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
os.environ.setdefault("DATABASE_URL", f"sqlite:///{tempfile.mkdtemp()}/bench.sqlite3")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from evidence.models import Reference  # noqa: E402
from tests.evidence.test_large_library import enlarge, pages  # noqa: E402
from tests.helpers.factories import UserFactory  # noqa: E402


def opened(client, url, data):
    """Open a page; milliseconds and queries."""
    with CaptureQueriesContext(connection) as queries:
        start = time.perf_counter()
        response = client.get(url, data)
        taken = time.perf_counter() - start
    assert response.status_code == 200, url  # noqa: S101
    return taken * 1000, len(queries)


def main(sizes):
    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    print("references  page                       ms  queries")  # noqa: T201
    for size in sizes:
        created = Reference.objects.count()
        enlarge(created, size)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as a database in use does by itself
        library = Reference.objects.order_by("pk")
        for name, page in pages(library[0], library[48:50]).items():
            runs = [opened(client, *page) for _ in range(4)][1:]
            taken, queries = min(runs)
            print(f"{size:10,}  {name:20}  {taken:7.0f}  {queries:7}")  # noqa: T201


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [100, 20_000])
