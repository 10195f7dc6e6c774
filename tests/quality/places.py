"""Everything a visitor can meet: pages, answers to forms, errors, patterns."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, Response

from tests.quality.site import ServedSite

ARTICLE = "/blog/can-mesenchymal-stem-cells-slow-multiple-sclerosis/"
STORY = "/stories/three-months-in-a-walking-notebook/"
FORM = "/apply/"
STEP = "/apply/step/1/"
FRONT = "/"
STYLE_GUIDE = "/styleguide/"

# What the browser does on a page to get an answer that no address leads to.
SEND_EMPTY = """selector => HTMLFormElement.prototype.submit.call(
  document.querySelector(selector))"""
SEND_LATE = """selector => {
  const form = document.querySelector(selector);
  form.elements.csrfmiddlewaretoken.value = "expired";
  HTMLFormElement.prototype.submit.call(form);
}"""
SEND_FORGED = """() => {
  const form = document.createElement("form");
  form.method = "post";
  form.action = "/";
  document.body.append(form);
  form.submit();
}"""


@dataclass(frozen=True)
class Place:
    """Something to look at.

    Attributes:
        path: Its address, or that of the page with the form that is sent.
        send: JavaScript that sends a form of that page, and ``form`` its selector.
        document: HTML to show at the address in place of what the server answers.
        staff: Whether one must have logged in.
    """

    path: str
    status: int = 200
    send: str = ""
    form: str = ""
    document: str = ""
    staff: bool = False

    def __str__(self) -> str:
        return f"{self.path} {self.status}{' (sent)' if self.send else ''}"

    def open(self, page: Page) -> Response:
        """Show it in ``page``, and return the server's answer."""
        if self.document:
            page.route(
                f"**{self.path}",
                lambda route: route.fulfill(
                    body=self.document, content_type="text/html; charset=utf-8"
                ),
            )
        response = page.goto(self.path)
        if self.send:
            with page.expect_navigation() as answered:
                page.evaluate(self.send, self.form)
            response = answered.value
        assert response, self
        assert response.status == self.status, f"{self}: got {response.status}"
        return response


def sitemap(site: ServedSite, path: str = "/sitemap.xml") -> list[str]:
    """Return every path of the sitemap, those of its parts included."""
    locations = re.findall(r"<loc>([^<]+)</loc>", site.read(path))
    found = [urlsplit(location).path for location in locations]
    return [
        one
        for path in found
        for one in (sitemap(site, path) if path.endswith(".xml") else [path])
    ]


def everything(site: ServedSite) -> list[Place]:
    """Return what visitors can meet; what is not in the demonstration is made."""
    pages = sitemap(site)
    topic = re.compile(r'href="[^"?]*(\?topic=[\w-]+)"')
    filters = [
        f"{path}{query}"
        for path in pages
        for query in sorted(set(topic.findall(site.read(path))))
    ]
    added = site.add()
    paths: dict[str, str] = added["paths"]
    places = [
        *pages,
        *filters,
        paths["second page"],
        f"{ARTICLE}sheet/",
        STEP,
        "/search/",
        "/search/?query=",
        "/search/?query=cells",
        "/search/?query=zzyzx",
        "/search/?query=the+ms+treatment&page=2",
        "/newsletter/sign-up/",
        "/newsletter/received/",
        "/applications/link/new/",
        "/applications/link/sent/",
        paths["access link"],
        paths["own consent"],
        paths["first consent"],
        paths["reviewed by link"],
        f"{paths['reviewed by link']}page/",
        paths["report"],
        "/report/sent/",
        paths["earlier version"],
        paths["password"],
        paths["thanks"],
        paths["confirm"],
        paths["unsubscribe"],
    ]
    return [
        *map(Place, places),
        Place("/no-such-page/", 404),
        Place(paths["second page"].replace("page=2", "page=99"), 404),
        Place(paths["gone"], 410),
        Place("/newsletter/confirm/altered/", 410),
        Place("/applications/link/with/altered/", 410),
        Place("/consent/with/altered/", 410),
        Place("/review/with/altered/", 410),
        Place(paths["taken back"], 410),
        *_answers(paths),
        *(
            Place(f"/rendered/{name}/", document=document)
            for name, document in added["documents"].items()
        ),
    ]


def _answers(paths: dict[str, str]) -> list[Place]:
    sign_up = "form[action='/newsletter/sign-up/']"
    return [
        Place(STEP, 200, SEND_EMPTY, "form.form"),
        Place(STEP, 403, SEND_LATE, "form.form"),
        Place(FRONT, 403, SEND_FORGED),
        Place(ARTICLE, 422, SEND_EMPTY, sign_up),
        Place("/newsletter/sign-up/", 422, SEND_EMPTY, "main form"),
        Place(paths["report"], 422, SEND_EMPTY, "main form.form"),
        Place(paths["own consent"], 422, SEND_EMPTY, "main form[novalidate]"),
        Place(paths["password"], 200, SEND_EMPTY, "main form"),
        Place(paths["confirm"], 200, SEND_EMPTY, "main form"),
        Place(paths["unsubscribe"], 200, SEND_EMPTY, "main form"),
    ]


def patterns(request: Any) -> list[Place]:
    """Return every page of the pattern library, none while there is no library."""
    index = request.get(STYLE_GUIDE)
    if index.status == 404:
        return []
    paths = re.findall(rf'href="({STYLE_GUIDE}[^"#?]+)"', index.text())
    return [Place(path, staff=True) for path in (STYLE_GUIDE, *dict.fromkeys(paths))]
