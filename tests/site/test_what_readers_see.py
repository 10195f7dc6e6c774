"""Nothing that readers reach asks whether a page is live by itself.

A page past its time stays live in the database until a timer takes it down. What
readers see is decided by `core.querysets`; what is named here asks for another reason.
"""

import ast
import re
from pathlib import Path

import pytest

from tests.site.test_architecture import RANK, ROOT

# Files and folders, each with its reason.
ASK_THEMSELVES = {
    "core/querysets.py": "decides it",
    "core/prefetch/records.py": "asks a page that `PageSource` has told",
    "core/blocks/actions.py": "asks a page that `PageSource` has told",
    "core/models/base_page.py": "saves what goes live",
    "core/media/tasks.py": "makes pictures before anybody needs them",
    "core/publishing": "the gate and the editor: what is stored counts",
    "core/management/commands/publish_scheduled.py": "takes down what is over",
    "core/assignments/waiting.py": "closes what the published version has mended",
    "seo/crawling/inheriting.py": "tells staff which pages below follow",
    "seo/metadata/changes.py": "logs what has changed for readers",
    "seo/metadata/samples.py": "shows staff what a pattern makes",
    "home/listed.py": "tells staff which pages a change of a topic alters",
    "core/admin/dashboard.py": "tells editors of their work",
    "applications/composing/closing_dates.py": "tells staff of published forms",
    "core/due/schedule.py": "tells staff what goes live and comes off",
    "review/rules.py": "the gate: what is stored counts",
    "review/due/kinds.py": "tells staff of published profiles",
    "applications/models/pages.py": "freezes the form that goes live",
    "home/signals.py": "follows what is stored",
    "home/search/indexing.py": "keeps words; whoever searches asks for pages",
    "seo/redirects": "redirects from what was public before",
    "delivery/visibility.py": "tells drafts from what readers see",
    "evidence/library/usage.py": "tells editors where a work is cited",
    "evidence/library/printed.py": "tells staff which pages a change alters",
    "core/history/report.py": "tells editors how what is published was written",
    "core/records": "tells staff which pages a change alters",
    "review/invitations/forms.py": "offers staff published profiles",
    "review/coverage.py": "compares a draft with the published page",
    "review/due/pages.py": "tells staff of reviews that are due",
    "review/history/keeping.py": "records what goes live",
    "review/history/side_by_side.py": "shows editors what is stored",
    "review/viewsets.py": "offers staff the credentials of published profiles",
    "testimonials/consent/mending.py": "tells editors of their work",
}
# Templates that print a page which `PageSource` has told, or the page itself.
TEMPLATES = {
    "articles/templates/articles/article_page.html",
    "core/templates/core/blocks/call_to_action.html",
    "home/templates/home/home_page.html",
    "newsletter/templates/newsletter/blocks/sign_up.html",
}


def asks(tree: ast.AST) -> bool:
    """Return whether a module reads ``live``, as an attribute or in a query."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr="live", ctx=ast.Load()):
                return True
            case ast.keyword(value=ast.Constant(value=False)):
                continue  # of what nobody reads
            case ast.keyword(arg=str(name)) if name.split("__")[-1] == "live":
                return True
            case ast.Constant(value=str(text)) if re.fullmatch(r"(\w+__)?live", text):
                return True
    return False


def modules():
    for app in RANK:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts and asks(ast.parse(path.read_text())):
                yield path.relative_to(ROOT)


def reason(path: Path) -> str | None:
    names = [str(path), *(str(folder) for folder in path.parents)]
    return next((name for name in names if name in ASK_THEMSELVES), None)


def test_only_the_modules_named_ask_whether_a_page_is_live():
    found = {path: reason(path) for path in modules()}

    assert {str(path) for path, named in found.items() if named is None} == set()
    assert {named for named in found.values() if named} == set(ASK_THEMSELVES)


def test_only_the_templates_named_do():
    asking = {
        str(path.relative_to(ROOT))
        for folder in [*RANK, "site"]
        for path in (ROOT / folder).rglob("*.html")
        if re.search(r"\.live\b", path.read_text())
    }

    assert asking == TEMPLATES


@pytest.mark.parametrize(
    "code",
    [
        "Page.objects.live()",
        "pages.filter(live=True)",
        "Q(hub__live=True)",
        "if page.live: pass",
        'pages.values_list("live")',
    ],
)
def test_it_is_noticed(code):
    assert asks(ast.parse(code))
