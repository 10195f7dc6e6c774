"""What a page tells crawlers that cannot be meant so."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from seo.crawling import addresses
from seo.crawling.answer import Answer


def contradictions(answer: Answer, named_by: int) -> Iterator[str]:
    """Yield a sentence for each contradiction, with what to do.

    Args:
        answer: With the answer about its canonical page.
        named_by: How many other pages name this one as their canonical page.
    """
    hidden = answer.rules.noindex
    if hidden and answer.elsewhere:
        yield _(
            "The page is hidden from search engines and names another as its canonical "
            "address. They may then hide that one, too: choose one of the two."
        )
    if hidden and answer.closed_by:
        yield _(
            "robots.txt forbids the page ({line}), so no search engine reads that it "
            "is to be left out. Take the line out of robots.txt."
        ).format(line=answer.closed_by)
    elif answer.closed_by and answer.in_sitemap:
        yield _(
            "The sitemap lists the page, and robots.txt forbids it ({line}): take the "
            "line out, or hide the page under Promote."
        ).format(line=answer.closed_by)
    yield from _of_the_target(answer)
    if named_by and answer.is_reachable and answer.address:
        yield ngettext(
            "{count} page names this one as its canonical address, and search engines "
            "do not show it.",
            "{count} pages name this one as their canonical address, and search "
            "engines do not show it.",
            named_by,
        ).format(count=named_by)


def _of_the_target(answer: Answer) -> Iterator[str]:
    target, page = answer.canonical, answer.page
    if target is None:
        if page.canonical_page_id and page.canonical_page_id != page.pk:
            yield _(
                "The page chosen as canonical is not published, so this page counts as "
                "its own. Choose another, or none."
            )
        elif answer.elsewhere and _is_ours(answer.elsewhere):
            yield _(
                "The canonical address is typed and leads to this site ({address}): "
                "choose the page instead, so that it follows changes."
            ).format(address=answer.elsewhere)
        return
    title = target.page.title
    if target.rules.noindex:
        yield _(
            "The canonical page “{title}” is hidden from search engines, so that "
            "neither is shown."
        ).format(title=title)
    if target.password:
        yield _("The canonical page “{title}” asks for a password.").format(title=title)
    if target.closed_by:
        yield _("robots.txt forbids the canonical page “{title}” ({line}).").format(
            title=title, line=target.closed_by
        )
    if target.elsewhere:
        yield _(
            "The canonical page “{title}” names another itself ({address}): choose "
            "that one here."
        ).format(title=title, address=target.elsewhere)


def _is_ours(address: str) -> bool:
    try:
        return addresses.read(address).host in addresses.own_roots()
    except ValueError:
        return False
