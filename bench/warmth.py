"""How many requests the store answers while pages are published and time passes.

    python bench/warmth.py [minutes] [requests a second] [minutes until a page ends]

Serves a site of 1,000 articles (bench/scale.py builds it) with the warmer beside it, as
production does, asks for each page once, publishes one, and lets visitors ask for ten
minutes, for the n-th page of all 1/n times as often as for the first. Prints how many
pages are kept again, and which part of the requests the store could answer. Publishing
comes at the start, so this is what a site sees that publishes once in so many minutes.

Two things change by themselves, and bound how long any page is kept: a story has an
entry to come, so that it may read otherwise each day, and a page ends, tomorrow unless
minutes are given. With an end that is near they lapse each 1,000 or 100 seconds.
"""

import os
import random
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

from bench.scale import PORT, build, variables  # noqa: E402
from delivery.pages import buckets  # noqa: E402

ARTICLES = 1_000
PATIENCE = 60  # seconds
EVERY = 15  # seconds
DAY = 24 * 60  # minutes
PUBLISH = """
from datetime import timedelta
from django.utils import timezone
from articles.models.article_page import ArticlePage
from testimonials.models.pages import TestimonialPage
now = timezone.now()
ends = ArticlePage.objects.filter(slug="article-51")
ends.update(expire_at=now + timedelta(minutes={ends}))
story = TestimonialPage.objects.published().first()
to_come = timezone.localdate() + timedelta(days=30)
TestimonialPage.objects.filter(pk=story.pk).update(latest_entry_on=to_come)
page = ArticlePage.objects.get(slug="article-50")
page.standfirst += " More is known."
page.save_revision().publish()
"""


class Store:
    """The pages that are kept now, by the names of their files."""

    def __init__(self, folder: Path) -> None:
        self.current = folder / "pages" / "current"
        self.host = f"localhost_{PORT}"

    def has(self, path: str) -> bool:
        name = f"{self.host}{path}.p"
        return any(
            (self.current / each / name).exists() for each in buckets(time.time())
        )

    def count(self, paths: list[str]) -> int:
        return sum(map(self.has, paths))


def addresses() -> list[str]:
    from core.querysets import shown_pages

    pages = shown_pages().order_by("depth", "path")
    return [url for page in pages if (url := page.get_url())]


def ask(path: str) -> None:
    with urllib.request.urlopen(f"http://localhost:{PORT}{path}") as page:
        page.read()


def begin(paths: list[str]) -> None:
    """Ask for every page once, as soon as the server answers."""
    for _ in range(PATIENCE):
        with suppress(OSError):
            ask("/")
            break
        time.sleep(1)
    for path in paths:
        ask(path)


def visit(store: Store, paths: list[str], minutes: float, rate: float) -> None:
    """Ask for pages, some much more often than others, and print what was kept."""
    chance = random.Random(1)  # noqa: S311  no secret
    order = chance.sample(paths, len(paths))
    weights = [1 / (place + 1) for place in range(len(paths))]
    asked = kept = 0
    started = told = time.monotonic()
    while (now := time.monotonic()) - started < minutes * 60:
        path = chance.choices(order, weights)[0]
        asked, kept = asked + 1, kept + store.has(path)
        with suppress(HTTPError):  # of the page that has ended
            ask(path)
        if now - told > EVERY:
            told = now
            there = store.count(paths)
            print(  # noqa: T201
                f"{now - started:5.0f} s: {there} of {len(paths)} pages kept, "
                f"{kept / asked:.1%} of {asked} requests from the store",
                flush=True,
            )
        time.sleep(max(0.0, 1 / rate - (time.monotonic() - now)))


def main(minutes: float, rate: float, ends: float) -> None:
    folder = build(ARTICLES)
    environment = {"PATH": os.environ["PATH"], **variables(folder)}
    os.environ.update(environment)
    import django

    django.setup()
    store, paths = Store(folder), addresses()
    started = [
        subprocess.Popen([sys.executable, "-m", "gunicorn"], cwd=ROOT, env=environment),
        subprocess.Popen(
            ["nice", sys.executable, "manage.py", "warm_pages"],  # noqa: S607
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
        ),
    ]
    try:
        begin(paths)
        publish = PUBLISH.format(ends=ends)
        command = [sys.executable, "manage.py", "shell", "--command", publish]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)  # noqa: S603
        visit(store, paths, minutes, rate)
    finally:
        for process in started:
            process.terminate()
            process.wait(60)


if __name__ == "__main__":
    given = [float(each) for each in sys.argv[1:]]
    main(*[*given, *(10.0, 5.0, DAY)[len(given) :]])
