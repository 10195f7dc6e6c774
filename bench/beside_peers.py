"""What a page costs here, beside plain Wagtail and CodeRed CMS with the same article.

    python bench/beside_peers.py [rounds]

Builds each site once, in var/bench, from the packages that pip finds; serves all three
with the same gunicorn on one core, and asks from the other. Prints medians of the
rounds, in each of which every site is asked, and each figure as a part of plain
Wagtail's:

- the computing of the server and its workers for one page that is made anew
- requests a second of 16 connections, made anew and kept
- memory after that, shared parts divided (PSS)

Needs wrk and taskset.
"""

import http.client
import shutil
import statistics
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.peers import article  # noqa: E402
from bench.peers.sites import BUILT, Server, codered, ours, plain_wagtail  # noqa: E402

ARTICLE, INDEX = f"/blog/{article.SLUG}/", "/blog/"
DEMONSTRATION = "/blog/can-mesenchymal-stem-cells-slow-multiple-sclerosis/"
REQUESTS = 60
SECONDS = 5
# Each request another address: nobody has kept it.
MADE_ANEW = """
local number = 0
request = function()
  number = number + 1
  return wrk.format("GET", wrk.path .. "?made=" .. number)
end
"""


def cost(server: Server, path: str) -> float:
    """Return the milliseconds of computing for one page that is made anew."""
    connection = http.client.HTTPConnection("localhost", server.port)

    def ask(times: int) -> None:
        for number in range(times):
            connection.request("GET", f"{path}?at={server.cpu()}.{number}")
            answer = connection.getresponse()
            answer.read()
            if answer.status != http.HTTPStatus.OK:
                sys.exit(f"{server.name} {path}: {answer.status}")

    ask(4)  # both workers have read their templates
    before = server.cpu()
    ask(REQUESTS)
    return (server.cpu() - before) / REQUESTS * 1000


def rate(server: Server, path: str, *options: str) -> float:
    """Return requests a second."""
    visitors = ["taskset", "-c", "1", "wrk", "-t1", "-c16", f"-d{SECONDS}s", *options]
    done = subprocess.run(  # noqa: S603
        [*visitors, "-H", "Accept-Encoding: gzip", server.url + path],
        capture_output=True,
        text=True,
        check=True,
    )
    if "Non-2xx" in done.stdout:
        sys.exit(f"{server.name}\n{done.stdout}")
    line = next(line for line in done.stdout.splitlines() if "Requests/sec" in line)
    return float(line.split()[1])


def measure(server: Server, script: str) -> dict[str, float]:
    figures = {
        "ms, article": cost(server, ARTICLE),
        "ms, list of articles": cost(server, INDEX),
        "/s, article made anew": rate(server, ARTICLE, "-s", script),
        "/s, article kept": rate(server, ARTICLE),
    }
    if server.name == "ours":
        figures["ms, our own article"] = cost(server, DEMONSTRATION)
    return figures | {"MiB": server.memory()}


def main(rounds: int) -> None:
    if not (shutil.which("wrk") and shutil.which("taskset")):
        sys.exit("This needs wrk and taskset.")
    BUILT.mkdir(parents=True, exist_ok=True)
    script = BUILT / "made-anew.lua"
    script.write_text(MADE_ANEW)
    servers = [plain_wagtail(), codered(), ours()]
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    try:
        for server in servers:
            server.start()
        for number in range(rounds):
            print(f"Round {number + 1} of {rounds} ...", flush=True)  # noqa: T201
            for server in servers:
                for name, figure in measure(server, str(script)).items():
                    found[name][server.name].append(figure)
    finally:
        for server in servers:
            server.stop()
    for name, each in found.items():
        medians = {site: statistics.median(figures) for site, figures in each.items()}
        first = medians.get("plain Wagtail") or statistics.median(
            found["ms, article"]["plain Wagtail"]
        )
        line = "".join(f"{m:>12,.1f} {m / first:>5.2f}" for m in medians.values())
        print(f"{name:<24}{line}")  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
