"""What a process that answers visitors does not keep in memory."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# What reads files that editors import, draws QR codes, and asks PostgreSQL.
FOR_FEW = {
    "bibtexparser",
    "evidence.formats.bibtex",
    "articles.importing.drafting",
    "markdown_it",
    "psycopg",
    "pylatexenc",
    "qrcode",
    "requests",
    "snowballstemmer",
    "yaml",
}
# As the first request: it reads all addresses, hooks and template tags.
START = """
import sys
from config.wsgi import application
from django.template import engines
from django.urls import reverse
reverse("wagtailadmin_home"), engines.all()
print(*sys.modules)
"""


def test_servers_do_without_what_few_requests_need(tmp_path):
    place = {
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "VAR_DIR": str(tmp_path),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-W", "ignore", "-c", START],
        cwd=ROOT,
        env={**os.environ, **place},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.split())

    assert {"wagtail.admin.api.urls", "articles.importing.views"} <= loaded
    assert not FOR_FEW & loaded
