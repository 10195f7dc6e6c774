"""Redirects among 50,000 rules, 50,000 addresses that are not there, a long sitemap.

Parts of `bench/old_addresses.py`, on the site that it has built.
"""

import re
import secrets
import statistics
import sys
import time
import tracemalloc
from urllib.parse import urlsplit

from one_site import HOST, act, ask

RULES = MISSED = 50_000


def rules() -> list[float]:
    """Return the median milliseconds of a redirect, alone and among many rules."""
    from wagtail.contrib.redirects.models import Redirect

    Redirect.objects.all().delete()
    Redirect.add_redirect("/legacy/*", "/")
    found = []
    for count in (0, RULES):
        Redirect.objects.bulk_create(
            (
                Redirect(old_path=f"/rule/{number}", redirect_link="/")
                for number in range(count)
            ),
            batch_size=1_000,
        )
        times = []
        for number in range(200):
            path = f"/rule/{number * 7}" if count else "/legacy/a"
            before = time.perf_counter()
            if ask(path)[0] not in (301, 302):
                sys.exit(f"{path} leads nowhere")
            times.append((time.perf_counter() - before) * 1000)
        found.append(statistics.median(times))
    return found


def missed() -> list[float]:
    """Return seconds of 50,000 answers, rows that are kept, and what leaked."""
    from django.conf import settings

    from seo.models import NotFoundAddress
    from seo.not_found.counting import write

    kinds = (
        lambda: f"/lost/{secrets.token_hex(3)}/page",
        lambda: f"/confirm/jane.doe{secrets.randbelow(10**9)}@example.org",
        lambda: f"/lost-{secrets.choice(['a', 'b'])}/x-{secrets.randbelow(10**6)}",
        lambda: f"/reset/{secrets.token_urlsafe(32)}",
    )
    sent, began = [], time.monotonic()
    for number in range(MISSED):
        sent.append(kinds[number % 4]())
        if ask(sent[-1])[0] != 404:
            sys.exit(f"{sent[-1]} is there")
    took = time.monotonic() - began
    write(at_once=True)
    kept = set(NotFoundAddress.objects.values_list("path", flat=True))
    theirs = {path for path in sent if path.startswith(("/confirm/", "/reset/"))}
    if len(kept) > settings.NOT_FOUND_ADDRESSES + 1:
        sys.exit(f"{len(kept)} rows")
    return [took, len(kept), len(kept & theirs) + sum("@" in path for path in kept)]


def sitemap() -> list[float]:
    """Return the parts of the sitemap, and the most MiB that its largest takes."""
    from django.test import Client

    client = Client(HTTP_HOST=HOST)
    whole = client.get("/sitemap.xml").getvalue().decode()
    parts = [urlsplit(url) for url in re.findall("<loc>([^<]+)</loc>", whole)]
    most, entries = 0.0, 0
    for part in parts:
        address = part._replace(scheme="", netloc="").geturl().replace("&amp;", "&")
        client.get(address).getvalue()
        tracemalloc.start()
        response = client.get(address)
        peak = tracemalloc.get_traced_memory()[1] / 1024**2
        tracemalloc.stop()
        most = max(most, peak)
        entries += response.getvalue().count(b"<loc>")
    return [len(parts), entries, most]


if __name__ == "__main__":
    act(sys.argv[1:], {"rules": rules, "missed": missed, "sitemap": sitemap})
