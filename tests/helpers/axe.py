"""What axe-core finds wrong with a page that a browser shows."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

SOURCE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RUN = """() => axe.run(document, {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  rules: { "target-size": { enabled: true } },
  // Else axe asks for every sheet again, once for each page it looks at.
  preload: false,
  resultTypes: ["violations"],
}).then(results => results.violations.flatMap(violation =>
  violation.nodes.map(node => `${violation.id}: ${node.target.join(" ")}: ${
    node.failureSummary.replace(/\\s+/g, " ")}`)))"""


def faults(page: Page) -> list[str]:
    """One line for each part of the page that breaks a rule."""
    if not SOURCE.exists() and not os.environ.get("CI"):
        pytest.skip("missing: axe-core (npm ci)")
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(SOURCE.read_text())
    found: list[str] = page.evaluate(RUN)
    return found
