"""What a page would run that the admin's policy refuses."""

import json
import re
from pathlib import Path

from django.contrib.staticfiles import finders
from lxml import html as parser

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
