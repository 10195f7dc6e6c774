"""Builds each site in a folder of its own, and serves it with gunicorn."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from bench.peers.article import PICTURE

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
BUILT = ROOT / "var" / "bench"
PATIENCE = 120  # seconds
CORE = ("taskset", "-c", "0")

_FILL_PLAIN = """
from blog.models import ArticleIndexPage, ArticlePage
from home.models import HomePage
from wagtail.images.models import Image
from bench.peers import article
home = HomePage.objects.first()
index = home.add_child(instance=ArticleIndexPage(title="Blog", slug="blog"))
pictures = [Image.objects.create(title="P", file=drawn(n)) for n in range(3)]
left = iter(pictures)
body = [(k, next(left) if k == "picture" else text) for k, text in article.parts()]
for number in range(article.OTHERS + 1):
    is_last = number == article.OTHERS
    index.add_child(instance=ArticlePage(
        title=f"Article {number}", slug=article.SLUG if is_last else f"a-{number}",
        intro="What is known.", lead_image=pictures[number % 3],
        body=body if is_last else body[:3]))
"""
_FILL_CODERED = """
from website.models import ArticleIndexPage, ArticlePage
from wagtail.images import get_image_model
from wagtail.models import Site
from bench.peers import article
Image = get_image_model()
home = Site.objects.get(is_default_site=True).root_page
index = ArticleIndexPage(title="Blog", slug="blog")
index.index_order_by = "-first_published_at"
home.add_child(instance=index)
pictures = [Image.objects.create(title="P", file=drawn(n)) for n in range(3)]
left = iter(pictures)
def block(kind, text):
    if kind == "picture":
        return {"type": "image", "value": {"image": next(left).pk, "settings": {}}}
    return {"type": "text", "value": f"<h2>{text}</h2>" if kind == "heading" else text}
body = [block(*part) for part in article.parts()]
for number in range(article.OTHERS + 1):
    is_last = number == article.OTHERS
    index.add_child(instance=ArticlePage(
        title=f"Article {number}", slug=article.SLUG if is_last else f"a-{number}",
        caption="What is known.", cover_image=pictures[number % 3],
        body=body if is_last else body[:3]))
"""
FILL_OURS = """
from articles.models.index_page import ArticleIndexPage
from bench.peers import article
from core.models.images import SiteImage
from articles.models.article_page import ArticlePage
index = ArticleIndexPage.objects.get(slug="blog")
pictures = [
    SiteImage.objects.create(title="P", description="A drawing", file=drawn(n))
    for n in range(3)]
left = iter(pictures)
def block(kind, text):
    if kind == "picture":
        picture = {"image": next(left).pk, "alt_text": "A drawing", "decorative": False}
        return {"type": "figure", "value": {"image": picture, "caption": ""}}
    if kind == "heading":
        return {"type": "heading", "value": {"text": text, "level": "2"}}
    return {"type": "paragraph", "value": text}
body = [block(*part) for part in article.parts()]
page = index.add_child(instance=ArticlePage(
    title="The long article", slug=article.SLUG, standfirst="What is known.",
    lead_image=pictures[0], body=body, is_medical=False))
page.save_revision()
"""


class Server:
    """gunicorn with two workers of four threads on the first core.

    Args:
        name: What the table calls the site.
        folder: The project's, with `manage.py`.
        python: The interpreter that its packages are installed for.
        wsgi: The application, as gunicorn takes it.
        environment: What is set for it beside the search path for commands.
    """

    def __init__(
        self,
        name: str,
        folder: Path,
        python: Path,
        wsgi: str,
        environment: dict[str, str],
    ) -> None:
        self.name, self.folder, self.python, self.wsgi = name, folder, python, wsgi
        self.environment = {"PATH": os.environ["PATH"], **environment}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def manage(self, *arguments: str) -> None:
        """Run a command of its; its errors are shown where it fails."""
        done = subprocess.run(  # noqa: S603
            [self.python, "manage.py", *arguments],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            sys.exit(f"{self.name}: {' '.join(arguments)[:60]}\n{done.stderr[-3000:]}")

    def start(self, *options: str) -> None:
        command = [
            *(*CORE, self.python, "-m", "gunicorn", *options, self.wsgi),
            *("--worker-class", "gthread", "--workers", "2", "--threads", "4"),
            *("--bind", f"127.0.0.1:{self.port}"),
        ]
        with (BUILT / f"{self.name}.log").open("w") as log:
            self.process = subprocess.Popen(  # noqa: S603
                command,
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.url}/"):  # noqa: S310
                    return
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.2)
        sys.exit(f"{self.name} does not answer.")

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(PATIENCE)

    @property
    def processes(self) -> list[int]:
        """The server and its workers."""
        if not self.process:
            return []
        parent = self.process.pid
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text()
        return [parent, *map(int, children.split())]

    def cpu(self) -> float:
        """Return the seconds of computing that its processes have taken."""
        ticks = 0
        for pid in self.processes:
            said = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(said[11]) + int(said[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Return its part of the machine's memory (PSS), in MiB."""
        kilobytes = 0
        for pid in self.processes:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            lines = (line.split() for line in rollup.splitlines())
            kilobytes += sum(int(line[1]) for line in lines if line[0] == "Pss:")
        return kilobytes / 1024


def _installed(name: str, *packages: str) -> Path:
    """Return the interpreter of an environment of its own with ``packages``."""
    place = BUILT / name / ".venv"
    python = place / "bin" / "python"
    if not (place / "done").exists():
        print(f"Installing {name} ...", flush=True)  # noqa: T201
        subprocess.run([sys.executable, "-m", "venv", place], check=True)  # noqa: S603
        install = [python, "-m", "pip", "install", "--quiet", *packages]
        subprocess.run(install, check=True, stderr=subprocess.DEVNULL)  # noqa: S603
        (place / "done").touch()
    return python


def _made(
    name: str, python: Path, command: list[str], change: Callable[..., None]
) -> Path:
    """Return the folder of a project that ``command`` has made, changed once."""
    folder = BUILT / name / "project"
    if not (folder / "manage.py").exists():
        subprocess.run(  # noqa: S603
            [python.parent / command[0], *command[1:]],
            cwd=BUILT / name,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        change(folder)
    return folder


def _filled(server: Server, script: str) -> Server:
    if not (server.folder / "filled").exists():
        print(f"Filling {server.name} ...", flush=True)  # noqa: T201
        server.manage("migrate", "--verbosity=0")
        server.manage("collectstatic", "--noinput", "--verbosity=0")
        server.manage("shell", "--command", PICTURE + script)
        (server.folder / "filled").touch()
    return server


def plain_wagtail() -> Server:
    """What `wagtail start` makes, with the articles of Wagtail's tutorial."""
    from wagtail import __version__

    python = _installed("plain", "gunicorn", f"wagtail=={__version__}")

    def change(folder: Path) -> None:
        shutil.copytree(HERE / "plain", folder / "blog")
        (folder / "blog" / "migrations").mkdir()
        (folder / "blog" / "migrations" / "__init__.py").touch()
        (folder / "project" / "settings" / "local.py").write_text(
            'from .base import INSTALLED_APPS\nINSTALLED_APPS += ["blog"]\n'
            'SECRET_KEY = "for measuring"\nALLOWED_HOSTS = ["localhost"]\n'
        )

    folder = _made("plain", python, ["wagtail", "start", "project"], change)
    environment = {
        "DJANGO_SETTINGS_MODULE": "project.settings.production",
        "PYTHONPATH": str(ROOT),
    }
    server = Server(
        "plain Wagtail", folder, python, "project.wsgi:application", environment
    )
    if not (folder / "blog" / "migrations" / "0001_initial.py").exists():
        server.manage("makemigrations", "blog")
    return _filled(server, _FILL_PLAIN)


def codered() -> Server:
    """CodeRed CMS as its command starts it, which keeps pages in files by itself."""
    python = _installed("codered", "gunicorn", "coderedcms")
    command = ["coderedcms", "start", "project"]
    options = ["--sitename", "Bench", "--domain", "localhost"]
    folder = _made("codered", python, [*command, *options], lambda folder: None)
    environment = {
        "DJANGO_SETTINGS_MODULE": "project.settings.prod",
        "PYTHONPATH": str(ROOT),
    }
    server = Server(
        "CodeRed CMS", folder, python, "project.wsgi:application", environment
    )
    return _filled(server, _FILL_CODERED)


def ours() -> Server:
    """This site with its demonstration, and the article beside it."""
    variables = BUILT / "ours"
    variables.mkdir(parents=True, exist_ok=True)
    environment = {
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "VAR_DIR": str(variables),
        "DATABASE_URL": f"sqlite:///{variables / 'db.sqlite3'}",
        # Pictures are made by a worker, as in production.
        "TASKS_BACKEND": "django_tasks_db.DatabaseBackend",
    }
    # What production installs: libraries take more where they find those of tests.
    python = _installed("ours", "--requirement", str(ROOT / "requirements.txt"))
    server = Server("ours", ROOT, python, "config.wsgi:application", environment)
    server.environment["PORT"] = str(server.port)
    if not (variables / "filled").exists():
        print("Filling ours ...", flush=True)  # noqa: T201
        server.manage("migrate", "--verbosity=0")
        server.manage("prepare_local")
        server.manage("collectstatic", "--noinput", "--verbosity=0")
        server.manage("shell", "--verbosity=0", "--command", PICTURE + FILL_OURS)
        server.manage("db_worker", "--batch")
        (variables / "filled").touch()
    server.manage("prepare_local")  # at this port
    return server
