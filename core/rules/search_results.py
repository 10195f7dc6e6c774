"""What the gate asks of a page's entry in search results."""

from collections.abc import Iterator
from typing import Any

from core.gate import Level, Problem, register
from seo import results


@register
class TitleCutOff:
    """A title that is cut off loses its end, and readers."""

    code = "title-cut-off"
    title = "Title too long for search results"
    level: Level = "suggest"

    def problems(self, page: Any) -> Iterator[Problem]:
        title = results.title(page)
        if page.robots_noindex or len(title) <= results.LONGEST_TITLE:
            return
        own = "title tag" if page.seo_title else "title"
        sentence = (
            f"Search results cut off the {own} after “{results.cut(title)}”. Type a "
            f"title tag of {results.LONGEST_TITLE} characters or fewer under Promote."
        )
        yield Problem(self.code, self.level, sentence, "seo_title")


@register
class DescriptionOutOfLength:
    """What stands under the title in search results decides who comes."""

    code = "description-out-of-length"
    title = "Search description missing, too short or too long"
    level: Level = "suggest"

    def problems(self, page: Any) -> Iterator[Problem]:
        if page.robots_noindex or page.robots_nosnippet:
            return
        length = len(results.description(page))
        least, most = results.SHORTEST_DESCRIPTION, results.LONGEST_DESCRIPTION
        if least <= length <= most:
            return
        if not length:
            found = "Nothing tells search engines what this page is about."
        elif length < least:
            found = f"Search results say little of this page ({length} characters)."
        else:
            found = f"Search results cut off what they say of it ({length} characters)."
        sentence = (
            f"{found} Type a meta description of {least} to {most} characters under "
            "Promote."
        )
        yield Problem(self.code, self.level, sentence, "search_description")
