"""How the time of an import grows with its size.

    python bench/import_references.py [1000 2500 5000]

Reads, plans and stores made-up references in a database of its own, in memory, and
prints seconds and what a thousand take: a steady figure means linear. Import, then the
same file again (all matches), then an update of all.
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

from django.core.management import call_command  # noqa: E402

from evidence.formats import detect  # noqa: E402
from evidence.importing.carrying_out import carry_out  # noqa: E402
from evidence.importing.plan import plan  # noqa: E402
from evidence.models import Reference  # noqa: E402
from tests.helpers import reference_corpus  # noqa: E402


def timed(work):
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def main(sizes):
    call_command("migrate", verbosity=0)
    print("records  step    seconds  seconds per 1,000")  # noqa: T201
    for size in sizes:
        Reference.objects.all().delete()
        text = reference_corpus.file("BibTeX", size)
        reading, contents = timed(lambda text=text: detect.read(text))
        rows = plan(contents.records)
        steps = {
            "read": reading,
            "store": timed(lambda rows=rows: list(carry_out(rows)))[0],
            "plan": timed(lambda contents=contents: plan(contents.records))[0],
        }
        Reference.objects.update(volume="")
        rows = plan(contents.records)
        steps["update"] = timed(lambda rows=rows: list(carry_out(rows)))[0]
        for name, seconds in steps.items():
            per_thousand = seconds / size * 1000
            print(f"{size:7,}  {name:6}  {seconds:7.2f}  {per_thousand:7.2f}")  # noqa: T201


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1000, 2500, 5000])
