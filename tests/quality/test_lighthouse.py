"""Lighthouse, as on a phone: the median of five runs.

Three that are good enough decide it, whatever the other two would be.

Scores and times are those that Lighthouse computes for a phone, in ratio to the machine
they are measured on: one that is slower than a fast desktop, or busy when its speed is
measured, is slowed down less. They say nothing of how long the machine itself takes.
How long the server took to answer is in them as it was: work beside it costs points.
"""

import json
import os
import subprocess
from collections.abc import Callable
from math import inf
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import chromium
from tests.quality.places import ARTICLE, FORM, FRONT, STORY
from tests.quality.site import ServedSite

RUNS = 5
TRIES = 8  # on a busy machine one recording in six is lost
# The mobile preset slows a fast desktop down four times, to come to a phone; a machine
# half as fast (BenchmarkIndex) is slowed down twice. Source: Lighthouse, throttling.md.
SLOWDOWN = 4.0
FAST_DESKTOP = 2000
# A point of performance less than we want, for what else the machine does.
LEAST = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
LARGEST_PAINT, SHIFT = "largest-contentful-paint", "cumulative-layout-shift"
# Milliseconds. We want 1500; docs/performance.md says where we are.
LATEST = {ARTICLE: 1900, FRONT: 1800, STORY: 1700, FORM: 1500}


@pytest.fixture(scope="module")
def slowdown(tools: Path, site: ServedSite, say: Callable[[str], None]) -> float:
    """How many times this machine is as fast as the phone."""
    index = run(tools, site.url + FORM, SLOWDOWN)["environment"]["benchmarkIndex"]
    times = min(SLOWDOWN, round(SLOWDOWN * index / FAST_DESKTOP, 1))
    say(f"BenchmarkIndex {index:.0f}, slowed down {times} times")
    return times


def run(tools: Path, url: str, slowdown: float) -> dict[str, Any]:
    """Return Lighthouse's report on one visit.

    Chromium sometimes loses the recording of a visit, and Lighthouse asks to be run
    again; a report that it did make is never asked for twice.
    """
    for _ in range(TRIES):
        done = visit(tools, url, slowdown)
        if done.returncode == 0:
            break
    assert done.returncode == 0, done.stderr[-2000:]
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def visit(tools: Path, url: str, slowdown: float) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        [
            tools / ".bin" / "lighthouse",
            url,
            "--quiet",
            "--output=json",
            "--disable-full-page-screenshot",
            "--no-enable-error-reporting",
            f"--throttling.cpuSlowdownMultiplier={slowdown}",
            f"--only-categories={','.join(LEAST)}",
            f"--chrome-flags=--headless=new {' '.join(chromium.ARGUMENTS)}",
        ],
        env=os.environ | {"CHROME_PATH": str(chromium.PATH)},
        capture_output=True,
        text=True,
        check=False,
    )


def score(report: dict[str, Any], category: str) -> int:
    return round(100 * (report["categories"][category]["score"] or 0))


def measured(report: dict[str, Any], audit: str) -> float:
    """Return what an audit measured; infinite where Lighthouse could not measure it."""
    return float(report["audits"][audit].get("numericValue", inf))


def kept(report: dict[str, Any], path: str) -> dict[str, bool]:
    """Return which of our promises one visit kept."""
    scores = {name: score(report, name) >= least for name, least in LEAST.items()}
    return scores | {
        LARGEST_PAINT: measured(report, LARGEST_PAINT) <= LATEST[path],
        SHIFT: measured(report, SHIFT) == 0,
    }


def imperfect(report: dict[str, Any]) -> list[str]:
    """Return what cost points, and by how much."""
    return [
        f"{name}: {audit['title']} {audit.get('displayValue', '')}"
        for name, category in report["categories"].items()
        for reference in category["auditRefs"]
        if reference["weight"]
        for audit in [report["audits"][reference["id"]]]
        if audit["score"] is not None and audit["score"] < 0.95
    ]


@pytest.mark.parametrize("path", [ARTICLE, FRONT, STORY, FORM])
def test_the_median_of_five_reaches_what_we_promise(
    tools: Path,
    site: ServedSite,
    slowdown: float,
    say: Callable[[str], None],
    path: str,
) -> None:
    reports: list[dict[str, Any]] = []
    for number in range(1, RUNS + 1):
        reports.append(run(tools, site.url + path, slowdown))
        figures = [score(reports[-1], category) for category in LEAST]
        figures += [round(measured(reports[-1], LARGEST_PAINT))]
        say(f"{path} {number} of {RUNS}: {' '.join(map(str, figures))}")
        if is_decided(reports, path):
            return

    faults = sorted({fault for report in reports for fault in imperfect(report)})
    reached = {
        category: [score(report, category) for report in reports] for category in LEAST
    } | {
        audit: [measured(report, audit) for report in reports]
        for audit in (LARGEST_PAINT, SHIFT)
    }
    pytest.fail(f"{reached}\n" + "\n".join(faults))


def is_decided(reports: list[dict[str, Any]], path: str) -> bool:
    """Return whether the median of all runs will keep every promise."""
    held = [kept(report, path) for report in reports]
    return all(sum(each[name] for each in held) > RUNS // 2 for name in held[0])
