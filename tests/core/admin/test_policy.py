"""Nothing inline runs under /admin/, and no page of it needs anything to."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from lxml import html as parser

from tests.helpers import admin_addresses, admin_content

# What core/admin.js sets up.
SCRIPT = Path(finders.find("core/admin.js")).read_text()
KNOWN = re.compile(re.search(r"known = /(.+)/;", SCRIPT)[1])
DATA = {"application/json", "application/ld+json", "text/plain"}


def inline_scripts(markup):
    """Return what a browser would refuse to run in ``markup``."""
    found = []
    for element in parser.fromstring(f"<div>{markup}</div>").iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "script" and not element.get("src"):
            found += [element.text] if element.get("type") not in DATA else []
        if element.tag == "admin-set-up" and not KNOWN.search(element.get("call")):
            found.append(element.get("call"))
        for name, value in element.items():
            if name.startswith("on") or value.strip().lower().startswith("javascript:"):
                found.append(f"{name}={value}")
    return found


def markup_of(response):
    """Return the HTML of a response, also what it carries as JSON for a window."""
    kind = response.headers.get("Content-Type", "")
    if response.status_code != 200 or response.streaming:
        return ""
    text = response.content.decode()
    if kind.startswith("application/json"):
        answer = json.loads(text)
        return answer.get("html", "") if isinstance(answer, dict) else ""
    return text if kind.startswith("text/html") else ""


@pytest.mark.parametrize(
    "markup",
    [
        "<script>alert(1)</script>",
        "<template><script type='module'>x</script></template>",
        "<p onclick='x'>",
        "<a href=' javascript:x'>",
        "<admin-set-up call='eval'></admin-set-up>",
    ],
)
def test_inline_scripts_are_recognised(markup):
    assert inline_scripts(markup)


@pytest.mark.one_database
def test_no_view_prints_a_script_of_its_own(log_in, home):
    client = log_in(None)
    admin_content.fill(home, client, client.user)
    seen = set()

    for address in admin_addresses.addresses():
        if address.name == "wagtailadmin_error_test":
            continue
        for arguments in admin_addresses.arguments(address):
            markup = markup_of(client.get(address.path(arguments)))
            if markup:
                seen.add(address.name)
                assert not inline_scripts(markup), address.path(arguments)

    assert {
        "wagtailadmin_pages:edit",
        "wagtailimages_chooser:choose",
        "wagtailadmin_reports:site_history",
        "wagtailadmin_workflows:edit",
        "wagtailsettings:edit",
        "article_import_preview",
    } <= seen


class TestPolicy:
    def test_allows_no_inline_script_in_the_admin(self, log_in, home):
        response = log_in(None).get(reverse("wagtailadmin_home"))

        policy = dict(
            directive.strip().split(" ", 1)
            for directive in response.headers["Content-Security-Policy"].split(";")
        )
        assert policy["script-src"] == "'self'"
        assert policy["style-src"] == "'self' 'unsafe-inline'"
        assert policy["img-src"] == "'self' data: blob:"
        assert policy["frame-src"] == "'self'"
        assert policy["default-src"] == "'none'"

    def test_allows_nothing_inline_elsewhere(self, client, home):
        policy = client.get(home.url).headers["Content-Security-Policy"]

        assert "unsafe" not in policy
        assert "blob:" not in policy
        assert "default-src 'none'" in policy
