"""Whether no old address dies, however many there are and whatever breaks off.

    python bench/old_addresses.py [--database postgres://…] [pages ...]

Builds a site with a section of so many pages for each size (999, 1,001 and 10,000
unless others are named), in var/bench or in a database of its own on the server that is
named. Renames and moves each section, has it killed (SIGKILL) at three moments of a
renaming, and asks for old addresses: each must lead to its page in one hop. Then
measures redirects among 50,000 rules, 50,000 addresses that are not there, half of them
with somebody's e-mail or token, and the sitemap of all sections.
"""

import argparse
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from floods import MISSED, RULES
from one_site import ROOT, act, ask, folder, run, variables

FLOODS = str(Path(__file__).with_name("floods.py"))
SIZES = (999, 1_001, 10_000)
MOMENTS = (0.25, 0.5, 0.75)  # parts of the time that a renaming takes
ALL_OF = 2_000  # pages of which each old address is asked for


# --- Parts, each in a process of its own ----------------------------------------------


def fill(size: int) -> None:
    """Make /of-<size>/ with so many pages beneath it."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import transaction
    from django.utils import timezone
    from wagtail.models import Page, Site

    from home.models import ContentPage

    home = Site.objects.get(is_default_site=True).root_page
    top = home.add_child(instance=ContentPage(title=f"{size}", slug=f"of-{size}"))
    kind = ContentType.objects.get_for_model(ContentPage)
    now = timezone.now()
    plain = [
        Page(
            title=f"Page {number}",
            draft_title=f"Page {number}",
            slug=f"page-{number}",
            url_path=f"{top.url_path}page-{number}/",
            path=Page._get_path(top.path, top.depth + 1, number + 1),
            depth=top.depth + 1,
            content_type=kind,
            locale_id=top.locale_id,
            live=True,
            first_published_at=now,
        )
        for number in range(size)
    ]
    with transaction.atomic():
        Page.objects.bulk_create(plain, batch_size=500)
        Page.objects.filter(pk=top.pk).update(numchild=size, first_published_at=now)
        for page in Page.objects.filter(depth=top.depth + 1, path__startswith=top.path):
            ContentPage(page_ptr_id=page.pk).save_base(raw=True)


def rename(old: str, new: str) -> float:
    page = section(old)
    before = time.monotonic()
    page.slug = new
    page.save()
    return time.monotonic() - before


def move(slug: str, target: str) -> float:
    page = section(slug)
    before = time.monotonic()
    page.move(section(target) if target else page.get_site().root_page, "last-child")
    return time.monotonic() - before


def section(slug: str) -> Any:
    from home.models import ContentPage

    return ContentPage.objects.get(slug=slug)


def standing(old: str, new: str, size: int) -> str:
    """Return "old" or "new" where all stands so, and else what does not."""
    from wagtail.contrib.redirects.models import Redirect

    here = [name for name in (old, new) if ask(f"/{name}/")[0] == 200]
    rules = Redirect.objects.filter(old_path__startswith=f"/{old}").count()
    if here == [old] and rules == 0:
        return "old"
    if here == [new] and rules == size + 1:
        return "new"
    return f"half done: {here}, {rules} redirects"


def walk(old: str, new: str, size: int) -> float:
    """Ask for old addresses, of many for each fifth; return the median milliseconds."""
    times = []
    for number in range(0, size, 1 if size < ALL_OF else 5):
        before = time.perf_counter()
        answer = ask(f"/{old}/page-{number}/")
        times.append((time.perf_counter() - before) * 1000)
        path = f"/{new}/page-{number}/"
        if answer[0] != 301 or not answer[1].endswith(path):
            sys.exit(f"/{old}/page-{number}/: {answer}")
        if number % 100 == 0 and ask(path)[0] != 200:
            sys.exit(f"{path} is not there")
    return statistics.median(times)


# --- All of it ------------------------------------------------------------------------


def killed(database: str, old: str, new: str, seconds: float) -> None:
    """Rename in a process that is killed after some seconds of it."""
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, __file__, "rename-loudly", old, new],
        cwd=ROOT,
        env=variables(database),
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        if process.stdout:
            process.stdout.readline()  # it begins now
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)


def main(database: str, sizes: list[int]) -> None:
    def part(*words: Any) -> Any:
        return run(database, __file__, *map(str, words))

    run(database, "manage.py", "migrate", "--verbosity=0")
    run(database, "manage.py", "collectstatic", "--noinput", "--verbosity=0")
    part("site")
    for size in sizes:
        slug = f"of-{size}"
        part("fill", size)
        at_first = part("rename", slug, "renamed")
        part("walk", slug, "renamed", size)
        moved = part("move", "renamed", "shelf")
        walked = part("walk", slug, "shelf/renamed", size)
        part("walk", "renamed", "shelf/renamed", size)
        part("move", "renamed", "")
        ends = []
        for number, moment in enumerate(MOMENTS):
            before, after = part("slug"), f"killed-{number}"
            killed(database, before, after, at_first * moment)
            ends.append(part("standing", before, after, size))
        part("rename", part("slug"), f"kept-{size}")
        print(  # noqa: T201
            f"{size:>7,} pages: renamed in {at_first:.1f} s, moved in {moved:.1f} s, "
            f"an old address {walked:.1f} ms; killed: {', '.join(ends)}",
            flush=True,
        )
    one, many = run(database, FLOODS, "rules")
    print(f"a redirect {one:.1f} ms, among {RULES:,} rules {many:.1f} ms")  # noqa: T201
    entries = run(database, FLOODS, "sitemap")
    print("sitemap: {:.0f} parts, {:.0f} entries, {:.1f} MiB".format(*entries))  # noqa: T201
    took, kept, leaked = run(database, FLOODS, "missed")
    print(  # noqa: T201
        f"{MISSED:,} addresses not found in {took:.0f} s: {kept:.0f} rows, "
        f"{leaked:.0f} with what is somebody's"
    )


def site() -> None:
    """Make an empty site with a shelf to move sections onto."""
    from wagtail.models import Locale, Page, Site

    from home.models import ContentPage, HomePage

    if Site.objects.filter(port=8765).exists():
        sys.exit("Delete what an earlier run has left first.")
    Site.objects.all().delete()
    Locale.objects.get_or_create(language_code="en")
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(title="The clinic", slug="clinic"))
    Site.objects.create(
        hostname="localhost", port=8765, root_page=home, is_default_site=True
    )
    home.add_child(instance=ContentPage(title="Shelf", slug="shelf"))


def slug() -> str:
    """Return what the section is called that was killed last."""
    from home.models import ContentPage

    slugs = ContentPage.objects.exclude(slug__startswith="kept-")
    found = slugs.exclude(slug__in=["shelf"]).exclude(slug__startswith="page-")
    slug: str = found.values_list("slug", flat=True).get()
    return slug


def rename_loudly(old: str, new: str) -> None:
    page = section(old)
    print("now", flush=True)  # noqa: T201
    page.slug = new
    page.save()


PARTS = {
    part.__name__.replace("_", "-"): part
    for part in (site, fill, rename, move, slug, walk, standing, rename_loudly)
}

if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in PARTS:
        act(sys.argv[1:], PARTS)
    else:
        parser = argparse.ArgumentParser()
        parser.add_argument("--database", default="")
        parser.add_argument("pages", type=int, nargs="*", default=list(SIZES))
        options = parser.parse_args()
        default = f"sqlite:///{folder('sqlite') / 'db.sqlite3'}"
        main(options.database or default, options.pages)
