"""Saves the HTML of every page of the demonstration, and compares two savings.

What a move or a marking of strings must leave as it was:

    python -m tests.quality.saved_pages save /tmp/before     # in the old checkout
    python -m tests.quality.saved_pages save /tmp/after      # in the new one
    python -m tests.quality.saved_pages compare /tmp/before /tmp/after

What differs from one run to the next anyway is masked: hashes in file names, tokens,
times of saving, the port.
"""

import difflib
import http.cookiejar
import re
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

from tests.quality.site import ServedSite

START = ["/", "/sitemap.xml", "/robots.txt", "/styleguide/", "/search/?q=cells"]
START += ["/there-is-no-such-page/", "/blog/?page=2"]
# Files, and what makes something new each time.
SKIP = re.compile(r"^/(media|static|admin|documents)/")
LINK = re.compile(r"""(?:href|src|action)=["']([^"'#]+)|<loc>([^<]+)""")
MASKS = [
    (re.compile(r"//localhost:\d+"), "//localhost"),
    (re.compile(r"(/static/[^\"' >]*?)\.[0-9a-f]{12}\."), r"\1.HASH."),
    (re.compile(r'(name="\w*(?:token|key)" value=")[^"]+'), r"\1TOKEN"),
    (re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)"), "TIME"),
    (re.compile(r"(/media/[^\"' ,]*?)_[A-Za-z0-9]{7}(?=\.)"), r"\1"),
]
SESSION = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore
user = get_user_model().objects.filter(is_superuser=True).first()
session = SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.save()
print(session.session_key)
"""


def save(folder: Path) -> None:
    """Write one file for each address that a visitor, or staff, can be led to."""
    with tempfile.TemporaryDirectory() as var:
        site = ServedSite(Path(var), print)
        site.start()
        try:
            key = site.manage("shell", "--verbosity=0", "--command", SESSION).strip()
            for address, text in _answers(site.url, key):
                name = quote(address, safe="") or "front"
                (folder / name[:200]).write_text(text)
        finally:
            site.stop()


def _answers(url: str, session: str) -> Iterator[tuple[str, str]]:
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    waiting, seen = list(START), set(START)
    while waiting:
        address = waiting.pop(0)
        request = urllib.request.Request(url + address)  # noqa: S310
        if address.startswith("/styleguide/"):
            request.add_header("Cookie", f"sessionid={session}")
        try:
            answer = opener.open(request)
        except urllib.error.HTTPError as refused:
            answer = refused
        text = f"{answer.status} {answer.headers['Content-Type']}\n"
        text += answer.read().decode(errors="replace")
        for link in (one or other for one, other in LINK.findall(text)):
            parts = urlsplit(urljoin(url + address, link.replace("&amp;", "&")))
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            if parts.netloc != urlsplit(url).netloc or SKIP.match(path):
                continue
            if path not in seen:
                seen.add(path)
                waiting.append(path)
        for pattern, mask in MASKS:
            text = pattern.sub(mask, text)
        yield address, text


def compare(before: Path, after: Path) -> int:
    """Print what differs; the number of addresses that do is the exit code."""
    names = sorted({path.name for one in (before, after) for path in one.iterdir()})
    differing = 0
    for name in names:
        old, new = _lines(before / name), _lines(after / name)
        lines = difflib.unified_diff(old, new, "before", f"after: {name}", n=0)
        shown = [line.rstrip("\n") for line in lines]
        differing += bool(shown)
        sys.stdout.writelines(f"{line}\n" for line in shown[:40])
    sys.stdout.write(f"{len(names)} addresses, {differing} differ\n")
    return min(differing, 100)


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


if __name__ == "__main__":
    verb, *folders = sys.argv[1:]
    paths = [Path(name) for name in folders]
    if verb == "save":
        paths[0].mkdir(parents=True, exist_ok=True)
        save(paths[0])
    else:
        sys.exit(compare(*paths))
