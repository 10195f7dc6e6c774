"""How fast a stored page comes, beside a file that nginx serves by itself.

    python bench/stored_pages.py [rounds] [seconds]

Serves the site behind nginx, as production does, with both servers on one core and wrk
on another, and asks for the article that `bench/beside_peers.py` gives its peers. Each
round asks in every way, so that what else the machine does falls on all. Prints
requests a second, medians of the rounds, and each as a part of the first. Needs nginx
with its brotli module, and wrk.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"

import django  # noqa: E402

django.setup()

from bench.peers import article  # noqa: E402
from bench.peers.sites import FILL_OURS  # noqa: E402
from tests.helpers.behind_nginx import NGINX, BehindNginx  # noqa: E402

ARTICLE = f"/blog/{article.SLUG}/"
SITE, VISITORS = ("taskset", "-c", "0"), ("taskset", "-c", "1")
CONNECTIONS = 16
RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
FAILED = re.compile(r"Non-2xx|Socket errors")


def ways(site: BehindNginx) -> dict[str, tuple[str, str]]:
    """Return name: (address, Accept-Encoding), after putting the file in place."""
    found = next((site.folder / "var" / "pages").glob(f"gen-*/*/*{ARTICLE}.p"))
    for path in found.iterdir():
        shutil.copy(path, site.folder / "var" / "static" / path.name)
    nginx, alone = f"http://{site.host}", f"http://localhost:{site.direct}"
    return {
        "a file, from nginx": (f"{nginx}/static/i.html", "gzip"),
        "stored page, from nginx": (nginx + ARTICLE, "gzip"),
        "the same, in brotli": (nginx + ARTICLE, "br"),
        "stored page, from gunicorn": (alone + ARTICLE, "gzip"),
        "page made each time": (f"{alone}{ARTICLE}?made=anew", "gzip"),
    }


def fill(site: BehindNginx) -> None:
    site.manage("prepare_local")
    site.manage("shell", "--verbosity=0", "--command", article.PICTURE + FILL_OURS)


def rate(host: str, url: str, encoding: str, seconds: int) -> float:
    """Return how many requests a second were answered."""
    headers = ["-H", f"Host: {host}", "-H", f"Accept-Encoding: {encoding}"]
    done = subprocess.run(  # noqa: S603
        [*VISITORS, "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", *headers, url],
        capture_output=True,
        text=True,
        check=True,
    )
    if FAILED.search(done.stdout):
        sys.exit(f"{url}\n{done.stdout}")
    return float(RATE.findall(done.stdout)[0])


def main(rounds: int, seconds: int) -> None:
    if not (NGINX and shutil.which("wrk") and shutil.which("taskset")):
        sys.exit("This needs nginx, wrk and taskset.")
    with tempfile.TemporaryDirectory() as folder:
        site = BehindNginx(Path(folder), before=SITE)
        try:
            print("Loading the demonstration ...")  # noqa: T201
            site.start(fill)
            while "ETag" not in site.get(ARTICLE)[1]:
                pass  # its pictures are being made
            measured = ways(site)
            rates: dict[str, list[float]] = {name: [] for name in measured}
            for _ in range(rounds):
                for name, (url, encoding) in measured.items():
                    rates[name].append(rate(site.host, url, encoding, seconds))
        finally:
            site.stop()
    medians = {name: statistics.median(each) for name, each in rates.items()}
    first = next(iter(medians.values()))
    for name, each in medians.items():
        print(f"{name:<28}{each:>10,.1f}/s{each / first:>8.4f}")  # noqa: T201


if __name__ == "__main__":
    main(*[*map(int, sys.argv[1:]), *(5, 6)[len(sys.argv) - 1 :]])
