"""What Google does with structured data, as it says itself: dated, with its pages.

Search engines change this without notice. Whoever checks a row again changes its date.
Nothing here is a promise: what may be shown is up to the search engine, each time.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Status = Literal["read", "limited", "ended", "never"]

STATUSES: dict[Status, str | Promise] = {
    "read": _("May change how a page is shown"),
    "limited": _("Read, but shows nothing by itself"),
    "ended": _("Does nothing any more"),
    "never": _("Not for us"),
}

_DOCS = "https://developers.google.com/search/docs/appearance/structured-data"
_BLOG = "https://developers.google.com/search/blog"


@dataclass(frozen=True)
class Row:
    """One kind of structured data.

    Args:
        types: As schema.org calls them.
        status: A key of `STATUSES`.
        note: What it does, or since when it does nothing.
        source: Where Google says so.
        checked: When somebody last read that.
        printed: Whether this site prints it.
        required: What Google needs to use it, of the first of ``types``.
    """

    types: tuple[str, ...]
    status: Status
    note: str | Promise
    source: str
    checked: date
    printed: bool = False
    required: tuple[str, ...] = ()


_CHECKED = date(2026, 11, 30)

ROWS: list[Row] = [
    Row(
        ("Article",),
        "read",
        _("Headline, author, date and picture may be shown with the result."),
        f"{_DOCS}/article",
        _CHECKED,
        printed=True,
        required=("headline", "author", "datePublished"),
    ),
    Row(
        ("BreadcrumbList",),
        "read",
        _("The trail stands in place of the address, on computers."),
        f"{_DOCS}/breadcrumb",
        _CHECKED,
        printed=True,
        required=("itemListElement",),
    ),
    Row(
        ("VideoObject",),
        "read",
        _("Lets a video be found, with its still picture, where it is the main thing."),
        f"{_DOCS}/video",
        _CHECKED,
        printed=True,
        required=("name", "thumbnailUrl", "uploadDate"),
    ),
    Row(
        ("ImageObject",),
        "read",
        _("Credit and licence may stand beside a picture in Google Images."),
        f"{_DOCS}/image-license-metadata",
        _CHECKED,
        printed=True,
        required=("contentUrl",),
    ),
    Row(
        ("ProfilePage", "Person"),
        "read",
        _("Says who somebody is; helps to tell authors apart."),
        f"{_DOCS}/profile-page",
        _CHECKED,
        printed=True,
        required=("mainEntity",),
    ),
    Row(
        ("Organization", "MedicalClinic", "LocalBusiness"),
        "read",
        _("Name, logo, address and hours may be shown in a panel."),
        f"{_DOCS}/organization",
        _CHECKED,
        printed=True,
        required=("name", "url"),
    ),
    Row(
        ("WebSite",),
        "read",
        _("The site's name above a result."),
        "https://developers.google.com/search/docs/appearance/site-names",
        _CHECKED,
        printed=True,
        required=("name", "url"),
    ),
    Row(
        ("MedicalWebPage", "MedicalCondition", "MedicalTherapy", "ScholarlyArticle"),
        "limited",
        _("No result looks different. It says what a page is about and cites."),
        "https://developers.google.com/search/docs/appearance/structured-data/"
        "search-gallery",
        _CHECKED,
        printed=True,
    ),
    Row(
        ("FAQPage",),
        "ended",
        _("Not shown since 7 May 2026. Questions on a page are for its readers."),
        f"{_DOCS}/faqpage",
        _CHECKED,
    ),
    Row(
        ("HowTo",),
        "ended",
        _("Not shown since September 2023."),
        f"{_BLOG}/2023/08/howto-faq-changes",
        _CHECKED,
    ),
    Row(
        ("SearchAction",),
        "ended",
        _("The search box beneath a result is gone since 21 November 2024."),
        f"{_BLOG}/2024/10/sitelinks-search-box",
        _CHECKED,
    ),
    Row(
        ("ClaimReview", "SpecialAnnouncement"),
        "ended",
        _("Retired with five others in June 2025."),
        f"{_BLOG}/2025/06/simplifying-search-results",
        _CHECKED,
    ),
    Row(
        ("Review", "AggregateRating"),
        "never",
        _(
            "A business that publishes reviews of itself gets no stars (since "
            "September 2019), and may mislead. Additional markup with a rating is "
            "refused."
        ),
        f"{_DOCS}/review-snippet",
        _CHECKED,
    ),
]


def required_of(kinds: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Return the properties that Google needs of something of ``kinds``, by type."""
    return {row.types[0]: row.required for row in ROWS if row.types[0] in kinds}
