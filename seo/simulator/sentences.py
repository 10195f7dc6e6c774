"""What a crawler gets at an address, in sentences: the verdict first."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Page

from seo.crawling.asking import NOT_WELCOME
from seo.crawling.sentences import sentences as of_a_page
from seo.simulator.asking import Seen

_FOR_GOOD = {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT}
_REFUSED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
_FEEDS = {"application/rss+xml", "application/atom+xml"}


def sentences(seen: Seen, user: Any) -> Iterator[str]:
    """Yield what a crawler gets, what search engines make of it, and why.

    A page is named only to those who may change or publish it: what the title of its
    draft says may not be for others yet.
    """
    if seen.status is None:
        yield from _of_a_file(seen)
    elif seen.asks_to_log_in or seen.status in _REFUSED:
        yield _("It asks to log in, so that search engines find nothing to show.")
    elif seen.leads_to:
        yield from _of_a_redirect(seen, user)
    elif seen.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        yield from _of_nothing(seen, user)
    elif seen.status >= HTTPStatus.BAD_REQUEST:
        yield _(
            "The answer is an error ({status}). Search engines come again, and drop "
            "the address if that stays so."
        ).format(status=seen.status)
    elif seen.is_a_page and seen.answer:
        yield from of_a_page(seen.answer)
    else:
        yield from _of_content(seen, user)


def _of_a_file(seen: Seen) -> Iterator[str]:
    if not seen.file_is_there:
        yield _("There is no such file (404).")
        return
    yield _closed(seen) or _(
        "A file that the store of files answers with. Search engines may show it."
    )


def _of_a_redirect(seen: Seen, user: Any) -> Iterator[str]:
    if seen.status in _FOR_GOOD:
        yield _(
            "It leads for good to {address} ({status}), and search engines show that "
            "address."
        ).format(address=seen.leads_to, status=seen.status)
    else:
        yield _(
            "It leads for the time being to {address} ({status}), and search engines "
            "go on asking here."
        ).format(address=seen.leads_to, status=seen.status)
    if seen.lacks_a_slash:
        yield _("Why: the page stands at the address with a slash.")
    else:
        yield from _why(seen, user)
    if reason := _closed(seen) or _left_out(seen):
        yield reason


def _of_nothing(seen: Seen, user: Any) -> Iterator[str]:
    if seen.status == HTTPStatus.GONE:
        yield _(
            "What stood there is gone for good (410), and search engines drop it soon."
        )
        yield from _why(seen, user)
        return
    yield _("Nothing is there (404), and search engines drop it after a while.")
    if seen.is_withheld:
        yield from _why(seen, user)
    elif seen.draft and _may_name(seen.draft, user):
        yield _(
            "Why: the page “{title}” is not published, and nobody has said where its "
            "readers go."
        ).format(title=seen.draft.get_admin_display_title())
    elif seen.draft:
        yield _("Why: the page there is not published.")
    elif seen.view_name in ("", "wagtail_serve"):
        yield _("Why: no page has this address, and no redirect leads on from it.")


def _why(seen: Seen, user: Any) -> Iterator[str]:
    """Yield which redirect decides, or what was said of a page."""
    if seen.rule:
        yield _("Why: the redirect from {old} says so.").format(old=seen.rule.old_path)
    elif seen.is_withheld:
        yield _("Why: what stands there is not shown to readers now.")
    elif seen.draft and _may_name(seen.draft, user):
        yield _(
            "Why: the page “{title}” is not published, and somebody has said where "
            "its readers go."
        ).format(title=seen.draft.get_admin_display_title())
    elif seen.draft:
        yield _("Why: the page there is not published.")


def _may_name(page: Page, user: Any) -> bool:
    allowed = page.permissions_for_user(user)
    return bool(allowed.can_edit() or allowed.can_publish())


def _of_content(seen: Seen, user: Any) -> Iterator[str]:
    if line := _closed(seen):
        yield line
    elif seen.view_name == "seo:robots":
        yield _(
            "Crawlers read it before all else: it is robots.txt. Nobody is shown it in "
            "results."
        )
    elif seen.view_name in ("seo:sitemap", "seo:sitemap_section"):
        yield _("A sitemap: search engines find pages by it, and do not show it.")
    elif reason := _left_out(seen):
        yield reason
    elif seen.canonical and seen.canonical != seen.address:
        yield _(
            "Search engines show {address} in its place, which its head names as the "
            "canonical address."
        ).format(address=seen.canonical)
    elif seen.media_type in _FEEDS:
        yield _("A feed: search engines find by it what is new, and rarely show it.")
    else:
        yield _(
            "Search engines may show it ({media_type}). The sitemap does not list it: "
            "it lists pages alone, by their own addresses."
        ).format(media_type=seen.media_type)
    if seen.answer and _may_name(seen.answer.page, user):
        yield _("It is a part of the page “{title}”.").format(
            title=seen.answer.page.get_admin_display_title()
        )


def _left_out(seen: Seen) -> str:
    """Return why search engines leave it out, "" where they do not."""
    if seen.header == NOT_WELCOME and not settings.SEARCH_ENGINES_ALLOWED:
        return _(
            "Search engines are turned away from the whole site by the setting "
            "SEARCH_ENGINES_ALLOWED, so they leave it out."
        )
    if "noindex" in seen.header and seen.view_name == "wagtaildocs_serve":
        return _(
            "Search engines leave it out: documents are not to be shown, as Settings ▸ "
            "Crawlers says."
        )
    if "noindex" in seen.header:
        return _(
            "Search engines leave it out: addresses of this kind are sent with "
            "{header}."
        ).format(header=f"X-Robots-Tag: {seen.header}")
    if "noindex" in seen.meta:
        return _("Search engines leave it out: its head says {robots}.").format(
            robots=seen.meta
        )
    return ""


def _closed(seen: Seen) -> str:
    if not seen.closed_by:
        return ""
    return _("Search engines do not read it: robots.txt says {line}.").format(
        line=seen.closed_by
    )
