"""Whether a site of 10,000 articles answers as one of 100 does.

    python bench/scale.py [articles ...]

Builds the demonstration once, in var/bench, and a copy of it with so many articles for
each size (100, 1,000 and 10,000 unless others are named; the largest takes minutes).
Measures each in a process of its own, one after the other in each of three rounds, and
prints per size the medians of the milliseconds of computing, their part of the first
size's, the queries, and the most memory (MiB) that one answer takes.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BUILT = ROOT / "var" / "bench" / "scale"
SIZES = (100, 1_000, 10_000)
PORT = "8765"
ROUNDS = 3
TIMES = 15
PARAGRAPHS = 12
IN_ONE_STEP = 500
QUEUE = "django_tasks_db.DatabaseBackend"
NOWHERE = "django_tasks.backends.dummy.DummyBackend"
AT_ONCE = "django_tasks.backends.immediate.ImmediateBackend"


def variables(folder: Path, tasks: str = QUEUE) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "TASKS_BACKEND": tasks,
        "PORT": PORT,
    }


def run(folder: Path, *command: str, tasks: str = QUEUE) -> str:
    environment = {"PATH": os.environ["PATH"], **variables(folder, tasks)}
    done = subprocess.run(  # noqa: S603
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def build(size: int) -> Path:
    """Return the folder of a site with that many articles, made where it is missing."""
    first = BUILT / "demonstration"
    if not (first / "filled").exists():
        first.mkdir(parents=True, exist_ok=True)
        print("Building the demonstration ...", flush=True)  # noqa: T201
        run(first, "manage.py", "migrate", "--verbosity=0")
        run(first, "manage.py", "prepare_local")
        run(first, "manage.py", "db_worker", "--batch", "--no-startup-delay")
        run(first, "manage.py", "collectstatic", "--noinput", "--verbosity=0")
        (first / "filled").touch()
    folder = BUILT / str(size)
    if not (folder / "filled").exists():
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(first, folder, ignore=shutil.ignore_patterns("pages"))
        (folder / "filled").unlink()
        run(folder, __file__, "fill", str(size), tasks=NOWHERE)
        run(folder, __file__, "measure", tasks=AT_ONCE)  # makes the pictures
        (folder / "filled").touch()
    run(folder, "manage.py", "migrate", "--verbosity=0")  # built by an older version
    return folder


def fill(size: int) -> None:
    """Add articles of twelve paragraphs, on all topics, as an import would."""
    from django.db import transaction

    from articles.models.article_page import ArticlePage
    from articles.models.index_page import ArticleIndexPage
    from core.models.topics import Topic

    index = ArticleIndexPage.objects.get(slug="blog")
    like = ArticlePage.objects.exclude(lead_image=None).first()
    topics = list(Topic.objects.all())
    text = "<p>What was seen in the first months says little of the years after.</p>"
    body = json.dumps([{"type": "paragraph", "value": text}] * PARAGRAPHS)
    for first in range(0, size, IN_ONE_STEP):
        with transaction.atomic():
            for number in range(first, min(first + IN_ONE_STEP, size)):
                page = ArticlePage(
                    title=f"Article no. {number:05} on sleep",  # no year
                    slug=f"article-{number}",
                    standfirst="What is known.",
                    lead_image=like.lead_image,
                    topic=topics[number % len(topics)],
                    is_medical=False,  # nobody has reviewed them
                    body=body,
                )
                index.add_child(instance=page)
        done = min(first + IN_ONE_STEP, size)
        print(f"{done} of {size} articles", file=sys.stderr)  # noqa: T201


class Site:
    """The site in this process, asked past the page store."""

    def __init__(self) -> None:
        from config.wsgi import application
        from django.contrib.auth import get_user_model
        from django.test import Client

        self.application = application
        self.number = 0
        client = Client(HTTP_HOST=f"localhost:{PORT}")
        client.force_login(get_user_model().objects.get(username="admin"))
        self.staff = f"sessionid={client.cookies['sessionid'].value}"

    def get(self, path: str, cookie: str = "") -> bytes:
        self.number += 1
        path, _, query = path.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": "&".join(filter(None, [query, f"at={self.number}"])),
            "HTTP_HOST": f"localhost:{PORT}",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": PORT,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            "wsgi.errors": sys.stderr,
        }
        if cookie:
            environ["HTTP_COOKIE"] = cookie
        said: list[str] = []
        body = self.application(environ, lambda status, *rest: said.append(status))
        content = b"".join(body)
        if close := getattr(body, "close", None):
            close()
        if not said[0].startswith("200"):
            sys.exit(f"{path}: {said[0]}")
        return content


def acts() -> dict[str, Callable[[], object]]:
    from articles.models.article_page import ArticlePage
    from articles.models.index_page import ArticleIndexPage
    from home.models import TopicPage

    site = Site()
    index = ArticleIndexPage.objects.get(slug="blog")
    article = ArticlePage.objects.child_of(index).get(slug="article-50")
    topic = TopicPage.objects.filter(topic=article.topic).first()
    explorer = f"/admin/pages/{index.pk}/"

    def publish() -> None:
        page = ArticlePage.objects.get(pk=article.pk)
        page.standfirst = f"What is known, {time.monotonic_ns()}."
        page.save_revision().publish()

    return {
        "article": lambda: site.get(article.url),
        "list of articles": lambda: site.get(index.url),
        "last screenful": lambda: site.get(f"{index.url}?page=8"),
        "topic": lambda: site.get(topic.url if topic else index.url),
        "part of the sitemap": lambda: site.get("/sitemap-articlepage.xml"),
        "search": lambda: site.get("/search/?query=sleep"),
        "explorer": lambda: site.get(explorer, site.staff),
        "publishing": publish,
    }


def measure() -> dict[str, list[float]]:
    """Return ``{act: [ms of computing, queries, MiB]}``."""
    from django.db import connection

    asked: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    found = {}
    for name, act in acts().items():
        act()
        act()
        times = []
        for _ in range(TIMES):
            before = time.process_time()
            act()
            times.append((time.process_time() - before) * 1000)
        asked.clear()
        with connection.execute_wrapper(note):
            act()
        tracemalloc.start()
        act()
        peak = tracemalloc.get_traced_memory()[1] / 1024**2
        tracemalloc.stop()
        found[name] = [statistics.median(times), len(asked), peak]
    return found


def medians(rounds: list[dict[str, list[float]]]) -> dict[str, list[float]]:
    return {
        act: [statistics.median(each) for each in zip(*figures, strict=True)]
        for act in rounds[0]
        for figures in [[found[act] for found in rounds]]
    }


def main(sizes: list[int]) -> None:
    folders = {size: build(size) for size in sizes}
    rounds: dict[int, list[dict[str, list[float]]]] = {size: [] for size in sizes}
    for number in range(ROUNDS):
        print(f"Round {number + 1} of {ROUNDS} ...", flush=True)  # noqa: T201
        for size, folder in folders.items():
            rounds[size].append(json.loads(run(folder, __file__, "measure")))
    figures = {size: medians(each) for size, each in rounds.items()}
    first = figures[sizes[0]]
    print(f"{'':<22}" + "".join(f"{size:>30,}" for size in sizes))  # noqa: T201
    for name, (at_first, *_) in first.items():
        cells = [
            f"{ms:>9.1f} ms {ms / at_first:>4.2f} {asked:>3.0f} q {mib:>4.1f} M"
            for ms, asked, mib in (figures[size][name] for size in sizes)
        ]
        print(f"{name:<22}" + "".join(f"{cell:>30}" for cell in cells))  # noqa: T201


if __name__ == "__main__":
    asked = sys.argv[1:]
    if asked[:1] in (["fill"], ["measure"]):
        sys.path[:0] = [str(ROOT), str(ROOT / "site")]
        import django

        django.setup()
        if asked[0] == "fill":
            fill(int(asked[1]))
        else:
            print(json.dumps(measure()))  # noqa: T201
    else:
        main([int(size) for size in asked] or list(SIZES))
