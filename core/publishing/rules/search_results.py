"""Publishing rules for titles and descriptions in search results."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.publishing.gate import Level, Problem, register
from seo import results


@register
class TitleCutOff:
    """Suggests a shorter title where search results would cut it off."""

    code = "title-cut-off"
    title = _("Title too long for search results")
    level: Level = "suggest"
    is_of_metadata = True  # for those who may change nothing else, too

    def problems(self, page: Any) -> Iterator[Problem]:
        if sentence := results.title_problem(page, results.printed_title(page)):
            yield Problem(self.code, self.level, sentence, "seo_title")


@register
class DescriptionOutOfLength:
    """Suggests a search description of a useful length."""

    code = "description-out-of-length"
    title = _("Search description missing, too short or too long")
    level: Level = "suggest"
    is_of_metadata = True

    def problems(self, page: Any) -> Iterator[Problem]:
        if sentence := results.description_problem(page):
            yield Problem(self.code, self.level, sentence, "search_description")
