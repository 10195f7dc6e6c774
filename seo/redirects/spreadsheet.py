"""Redirects as rows of a spreadsheet, exported and imported alike."""

import csv
import io
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from seo import readers
from seo.redirects import typed
from seo.redirects.addresses import STAR, is_of
from seo.redirects.checking import Rule, Targets
from seo.redirects.writing import in_chunks

COLUMNS = ("from", "to", "site", "type")
GONE = "gone"
PERMANENT, TEMPORARY = "permanent", "temporary"
MOST_ROWS = 50_000
_TYPES = {
    "": True,
    PERMANENT: True,
    "301": True,
    "true": True,
    TEMPORARY: False,
    "302": False,
    "false": False,
}

NO_COLUMNS = _(
    "The first row names the columns: from and to, and perhaps site and type."
)
NOT_CSV = _("This is no CSV file in UTF-8: save it as “CSV UTF-8” and try again.")
TOO_MANY = _("The file has more than 50,000 rows: divide it.")
_NO_SITE = _("No site has this host name: leave it empty for all sites.")
_NO_TYPE = _("The type is permanent or temporary.")
_TWICE = _("The same address stands in row {row}.")
_NO_TARGET = _("The target is missing: a path, an address, or “gone”.")


@dataclass
class Row:
    """A row of the file: what it is to store, or why it cannot be stored."""

    number: int
    old_path: str
    to: str
    site: Site | None = None
    is_permanent: bool = True
    page_id: int | None = None
    link: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[int | None, str]:
        return (self.site.pk if self.site else None), self.old_path


def row_of(redirect: Redirect) -> tuple[str, str, str, str]:
    """Return the cells of `COLUMNS`."""
    page, site = redirect.redirect_page, redirect.site
    to = (page.url or "") if page else redirect.redirect_link or GONE
    return (
        redirect.old_path,
        to,
        f"{site.hostname}:{site.port}" if site else "",
        PERMANENT if redirect.is_permanent else TEMPORARY,
    )


def read(text: str) -> list[Row]:
    """Return the checked rows of a CSV file.

    Raises:
        ValidationError: It is none that could be read.
    """
    reader = csv.DictReader(
        io.StringIO(text, newline=""), restkey="rest", delimiter=_delimiter(text)
    )
    try:
        names = [(name or "").strip().lower() for name in reader.fieldnames or []]
        if not {"from", "to"} <= set(names):
            raise ValidationError(NO_COLUMNS)
        reader.fieldnames = names
        lines = []
        for line in reader:
            lines.append(line)
            if len(lines) > MOST_ROWS:
                raise ValidationError(TOO_MANY)
    except csv.Error as error:
        raise ValidationError(NOT_CSV) from error
    sites = _sites()
    rows = [_row(number, line, sites) for number, line in enumerate(lines, start=2)]
    _find_repetitions(rows)
    _find_pages(rows)
    _keep_pages(rows)
    _check_ends(rows, sites)
    return rows


def _delimiter(text: str) -> str:
    """Return what parts the columns: in some countries Excel writes semicolons."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _sites() -> dict[str, Site]:
    sites: dict[str, Site] = {}
    for site in Site.objects.select_related("root_page"):
        sites.setdefault(site.hostname.lower(), site)
        sites[f"{site.hostname.lower()}:{site.port}"] = site
    return sites


def _row(number: int, line: dict[str, str], sites: dict[str, Site]) -> Row:
    cells = {name: (line.get(name) or "").strip() for name in COLUMNS}
    row = Row(number, cells["from"], cells["to"])
    try:
        row.old_path = typed.old_path(cells["from"])
    except ValidationError as error:
        row.errors += error.messages
    if host := cells["site"].lower():
        row.site = sites.get(host)
        if row.site is None:
            row.errors.append(str(_NO_SITE))
    if (kind := cells["type"].lower()) in _TYPES:
        row.is_permanent = _TYPES[kind]
    else:
        row.errors.append(str(_NO_TYPE))
    if not row.to:
        row.errors.append(str(_NO_TARGET))
    elif row.to.lower() not in (GONE, "410"):
        _check_target(row, list({*sites.values()}))
    return row


def _check_target(row: Row, sites: list[Site]) -> None:
    try:
        row.link = typed.target(row.to, row.old_path)
        if typed.is_circle(row.old_path, row.link, [row.site] if row.site else sites):
            raise ValidationError(typed.CIRCLE)
    except ValidationError as error:
        row.errors += error.messages


def _find_repetitions(rows: list[Row]) -> None:
    first: dict[tuple[int | None, str], int] = {}
    for row in rows:
        if row.errors:
            continue
        if (there := first.setdefault(row.key, row.number)) != row.number:
            row.errors.append(str(_TWICE).format(row=there))


def _find_pages(rows: list[Row]) -> None:
    """Lead to the page itself where one stands at the target, wherever it moves."""
    sites = sorted({*_sites().values()}, key=lambda site: not site.is_default_site)
    wanted: dict[str, list[Row]] = {}
    for row in rows:
        path = _path_here(row, sites)
        if path and not row.errors:
            wanted.setdefault(path, []).append(row)
    for some in in_chunks(wanted):
        pages = readers.pages().reachable().filter(url_path__in=some)
        for pk, url_path in pages.values_list("pk", "url_path"):
            for row in wanted[url_path]:
                row.page_id, row.link = pk, ""


def _keep_pages(rows: list[Row]) -> None:
    """Stay with the page of a stored redirect that an export has written so.

    One that is not published now has an address, too, at which nothing answers.
    """
    left = {row.key: row for row in rows if row.link and not row.errors}
    for some in in_chunks(left.values()):
        stored = Redirect.objects.select_related("redirect_page", "site").filter(
            old_path__in=[row.old_path for row in some], redirect_page__isnull=False
        )
        for redirect in stored:
            row = left.get((redirect.site_id, redirect.old_path))
            if row and row_of(redirect)[1] == row.to:
                row.page_id, row.link = redirect.redirect_page_id, ""


def _check_ends(rows: list[Row], sites: dict[str, Site]) -> None:
    """Refuse circles, and targets at which nothing answers."""
    by_default = next(
        iter(sorted(sites.values(), key=lambda site: not site.is_default_site)), None
    )
    good = [row for row in rows if not row.errors]
    if by_default is None or not any(row.link for row in good):
        return
    targets = Targets(Rule(row.key, row.link) for row in good)
    for row in good:
        site = row.site or by_default
        if row.link and targets.is_circle(Rule(row.key, row.link), site):
            row.errors.append(str(typed.CIRCLE))
        elif row.link and not targets.is_answered(row.link, site):
            row.errors.append(str(typed.NOTHING_THERE))


def _path_here(row: Row, sites: list[Site]) -> str:
    """Return the ``url_path`` of a page that a row leads to, "" if to none."""
    if not row.link or STAR in row.link or not sites:
        return ""
    parts = urlsplit(row.link)
    own = [site for site in sites if parts.netloc and is_of(parts, site)]
    if parts.query or parts.fragment or (parts.netloc and not own):
        return ""
    site = next(iter(own), row.site or sites[0])
    steps = unquote(parts.path).strip("/")
    root = str(site.root_page.url_path)
    return f"{root}{steps}/" if steps else root


def write(rows: list[Row]) -> tuple[int, int]:
    """Store the rows that have no errors: how many are new, how many were there."""
    good = [row for row in rows if not row.errors]
    added = changed = 0
    for some in in_chunks(good):
        there = {
            (each.site_id, each.old_path): each
            for each in Redirect.objects.filter(old_path__in=[r.old_path for r in some])
        }
        new = [_filled(Redirect(), row) for row in some if row.key not in there]
        known = [_filled(there[row.key], row) for row in some if row.key in there]
        Redirect.objects.bulk_create(new)
        Redirect.objects.bulk_update(
            known,
            [
                "redirect_page",
                "redirect_link",
                "redirect_page_route_path",
                "is_permanent",
                "automatically_created",
            ],
        )
        added, changed = added + len(new), changed + len(known)
    return added, changed


def _filled(redirect: Redirect, row: Row) -> Redirect:
    redirect.site = row.site
    redirect.old_path = row.old_path
    before = redirect.redirect_page_id, redirect.redirect_link, redirect.is_permanent
    # What somebody has corrected no move of a page overwrites.
    if before != (row.page_id, row.link, row.is_permanent):
        redirect.automatically_created = False
    if redirect.redirect_page_id != row.page_id:
        redirect.redirect_page_route_path = ""
    redirect.redirect_page_id = row.page_id
    redirect.redirect_link = row.link
    redirect.is_permanent = row.is_permanent
    return redirect
