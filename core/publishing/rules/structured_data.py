"""A publishing rule for the head that search engines get, and the graph in it."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from core.chrome import chrome_of
from core.page_language import language_of
from core.prefetch.page import prefetch
from core.publishing.gate import Level, Problem, register
from seo.graph.linting import lint
from seo.head import head

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
        with language_of(page):
            html = _rendered_head(page, root_url, path)
    except DisallowedHost:
        return []  # this process serves another site
    return lint(html, root_url)


def _rendered_head(page: Any, root_url: str, path: str) -> str:
    request = _request(root_url, path)
    # Rendering hands records out into streams and rows. These are the form's, which is
    # to be saved as it is.
    shown = type(page).from_serializable_data(page.serializable_data(), check_fks=False)
    shown.records = prefetch(shown, Site.find_for_request(request))
    context = {"page": shown, "request": request, "chrome": chrome_of(request)}
    return render_to_string("seo/head.html", {"head": head(context)})


def _request(root_url: str, path: str) -> HttpRequest:
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", path, path
    host, _colon, port = root_url.partition("://")[2].partition(":")
    secure = root_url.startswith("https:")
    request.META = {
        "SERVER_NAME": host,
        "SERVER_PORT": port or ("443" if secure else "80"),
        "HTTP_HOST": f"{host}:{port}" if port else host,
    }
    return request
