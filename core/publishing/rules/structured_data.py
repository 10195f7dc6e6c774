"""A publishing rule for the head that search engines get, and the graph in it."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from core.chrome import chrome_of
from core.page_language import language_of
from core.prefetch.page import prefetch
from core.publishing.gate import Level, Problem, register
from seo.graph.linting import lint
from seo.graph.page_graph import errors_told
from seo.head import Head, head

_SHOWN = 5  # a list that is longer has one cause


@register
class StructuredDataWrong:
    """Suggests to look at what search engines would not understand.

    It is asked for where nobody waits to publish: what is wrong harms no reader.
    """

    code = "structured-data"
    title = _("Wrong description for search engines")
    level: Level = "suggest"

    def problems(self, page: Any) -> Iterator[Problem]:
        found = lint_draft(page)
        for sentence in found[:_SHOWN]:
            yield Problem(
                self.code,
                self.level,
                gettext("What search engines are told is wrong. {sentence}").format(
                    sentence=sentence
                ),
            )


def lint_draft(page: Any) -> list[str]:
    """Return what is wrong with the head of ``page`` as it would be published."""
    parts = page.get_url_parts() if page.pk else None
    if parts is None or not parts[1]:
        return []  # it is on no site
    _site, root_url, path = parts
    try:
        with language_of(page), errors_told() as errors:
            found, html, is_wanted = _rendered_head(page, root_url, path)
    except DisallowedHost:
        return []  # this process serves another site
    said = [
        gettext("A part of it was left out: {error}.").format(error=error)
        for error in dict.fromkeys(errors)
    ]
    if is_wanted and found.graph is None:
        said.append(gettext("The page would not be described at all."))
    return [*said, *lint(html, root_url)]


def _rendered_head(page: Any, root_url: str, path: str) -> tuple[Head, str, bool]:
    """Return the head, as it is printed, and whether a graph belongs in it."""
    request = _request(root_url, path)
    # Rendering hands records out into streams and rows. These are the form's, which is
    # to be saved as it is.
    shown = type(page).from_serializable_data(page.serializable_data(), check_fks=False)
    if shown.first_published_at is None:
        shown.first_published_at = timezone.now()  # as it is about to be
    shown.records = prefetch(shown, Site.find_for_request(request))
    chrome = chrome_of(request)
    found = head({"page": shown, "request": request, "chrome": chrome})
    html = render_to_string("seo/head.html", {"head": found})
    return found, html, bool(chrome and chrome.seo.struct_meta)


def _request(root_url: str, path: str) -> HttpRequest:
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = unquote(path)  # as a server hands it over
    host, _colon, port = root_url.partition("://")[2].partition(":")
    secure = root_url.startswith("https:")
    request.META = {
        "SERVER_NAME": host,
        "SERVER_PORT": port or ("443" if secure else "80"),
        "HTTP_HOST": f"{host}:{port}" if port else host,
    }
    return request
