"""What may be typed as a redirect's address and as its target, in form and import.

Each function returns what is stored, or raises ``ValidationError`` with a sentence that
says what to do.
"""

from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import get_dummy_request
from wagtail.models import Site

from seo.redirects.addresses import STAR, canonical, host, is_of
from seo.redirects.resolving import Resolver, path_of_view
from seo.redirects.rules import find

LONGEST = 255  # characters, of address and target

CIRCLE = _("This leads back to the address that it redirects from. Choose another.")
_NO_ADDRESS = _("This is no address. Type one that begins with a slash, such as /old/.")
_STAR_ELSEWHERE = _(
    "A star stands at the end alone, after a slash and without a query: /old/*."
)
_LONG = _("The address is too long: it may have up to 255 characters.")
_NO_TARGET = _(
    "Type a path of this site that begins with a slash, or a whole address that begins "
    "with http:// or https://."
)
_NO_STAR = _(
    "The star stands for what came after the old address, so that must end with /* too."
)
NOTHING_THERE = _("Nothing answers there: type the address of something published.")

_check_address = URLValidator(schemes=["http", "https"])


def old_path(text: str) -> str:
    """Return an address to redirect from, in its one spelling."""
    text = text.strip()
    if len(text) > LONGEST:
        raise ValidationError(_LONG)
    if not text or any(sign.isspace() and sign != " " for sign in text):
        raise ValidationError(_NO_ADDRESS)
    try:
        path = canonical(text)
    except ValueError as error:
        raise ValidationError(_NO_ADDRESS) from error
    if "\0" in path:
        raise ValidationError(_NO_ADDRESS)
    if STAR in path and (not path.endswith(f"/{STAR}") or path.count(STAR) > 1):
        raise ValidationError(_STAR_ELSEWHERE)
    return path


def target(text: str, path: str) -> str:
    """Return what ``path`` is to lead to: a path of this site, or a whole address."""
    text = text.strip()
    if len(text) > LONGEST:
        raise ValidationError(_LONG)
    # Browsers take a backslash for a slash, and // for another host.
    if "\\" in text or any(sign.isspace() or not sign.isprintable() for sign in text):
        raise ValidationError(_NO_TARGET)
    try:
        parts = urlsplit(text)
        host(parts)
        canonical(f"{parts.path or '/'}?{parts.query}")
    except ValueError as error:
        raise ValidationError(_NO_TARGET) from error
    if "\0" in unquote(text):
        raise ValidationError(_NO_TARGET)
    if text.startswith("/") and not text.startswith("//"):
        pass
    elif parts.scheme in ("http", "https") and parts.netloc:
        _check_address(text.replace(STAR, ""))
    else:
        raise ValidationError(_NO_TARGET)
    if STAR in text:
        at_the_end = parts.path.endswith(f"/{STAR}") and text.count(STAR) == 1
        if not (at_the_end and path.endswith(f"/{STAR}")):
            raise ValidationError(_NO_STAR)
    return text


def is_circle(path: str, link: str, sites: list[Site]) -> bool:
    """Return whether ``link`` is ``path`` itself."""
    parts = urlsplit(link)
    if not any(is_of(parts, site) for site in sites):
        return False
    return canonical(f"{parts.path or '/'}?{parts.query}") == path


def check_answered(link: str, site: Site) -> None:
    """Raise ``ValidationError`` where nothing would answer a path of ``site``."""
    parts = urlsplit(link)
    if STAR in link or not is_of(parts, site):
        return
    path = parts.path or "/"
    resolver = Resolver(get_dummy_request(site=site), site)
    answered = (
        resolver.where_page_stands(site, path)
        or path_of_view(path)
        or find(site, path, parts.query)
    )
    if not answered:
        raise ValidationError(NOTHING_THERE)


def check_no_circle(link: str, path: str, site: Site) -> None:
    """Raise ``ValidationError`` where ``link`` leads to ``path`` through others."""
    seen = {path}
    for _step in range(10):
        parts = urlsplit(link)
        if STAR in link or not is_of(parts, site):
            return
        here = parts.path or "/"
        if canonical(f"{here}?{parts.query}") == path:
            raise ValidationError(CIRCLE)
        resolver = Resolver(get_dummy_request(site=site), site)
        if resolver.where_page_stands(site, here):
            return
        match = find(site, here, parts.query)
        if match is None or not match.rule.redirect_link:
            return
        if match.rule.old_path in seen:
            raise ValidationError(CIRCLE)
        seen.add(match.rule.old_path)
        link = match.link()
